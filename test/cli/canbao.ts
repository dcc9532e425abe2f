import { spawn } from 'node:child_process';
import { expect } from 'vitest';

/** How a run of the command line ended. */
export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Under `--json`: the one value on standard output. */
  // biome-ignore lint/suspicious/noExplicitAny: every command answers in a shape of its own
  readonly json: any;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Keep what a person would read instead of JSON. */
  readonly words?: boolean;
  /** How long it may take, ms; default {@link HANGS_MS}. */
  readonly patience?: number;
}

/** Longer than this a command hangs, ms. */
const HANGS_MS = 200_000;

/**
 * Runs `canbao` as a process of its own, with standard input a pipe that stays open and silent, and
 * expects what holds for every command: no stack trace, and under `--json` one JSON line at the end.
 */
export async function canbao(
  args: readonly string[],
  { env = {}, words = false, patience = HANGS_MS }: CliOptions = {},
): Promise<CliRun> {
  const { CANBAO_PASSPHRASE: _, DATABASE_URL: __, CANBAO_RPC_URL: ___, ...inherited } = process.env;
  const all = ['--import', 'tsx', 'src/cli/main.ts', ...args, ...(words ? [] : ['--json'])];
  const child = spawn(process.execPath, all, {
    env: { ...inherited, NODE_ENV: 'development', LC_ALL: 'C', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: patience,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  expect(stderr, args.join(' ')).not.toMatch(/^\s+at /m);
  if (words) return { code, stdout, stderr, json: undefined };
  const lines = stdout.trimEnd().split('\n');
  expect(lines, stderr).toHaveLength(1);
  return { code, stdout, stderr, json: JSON.parse(lines[0] ?? '') };
}
