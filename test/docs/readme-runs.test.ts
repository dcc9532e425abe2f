import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { freePort } from '../support/free-port.ts';
import { readDocument } from './documents.ts';

interface Step {
  readonly code: string;
  /** What the README shows below it. */
  readonly shown: string | undefined;
}

/** Tests and measurements of their own, run by CI or for an evening. */
const NOT_RUN = /^(?:npm test$|npm run (?:bench|gen|imports|keys|soundness|test:\w+)\b|npx tsx)/;
/** `npm start` in the sentences, and the block that is one call of `npm ci && …`. */
const SERVES = 'npm start';

const HANGS_MS = 280_000;

/** Blocks, and whole calls in sentences, in the order of the text. */
const steps: readonly Step[] = [
  ...readDocument('README.md').text.matchAll(
    /^```sh\n(?<block>.*?)^```\n(?:\n```text\n(?<shown>.*?)^```)?|`(?<call>(?:npm|npx|canbao) [^`\n]+)`/gms,
  ),
]
  .map(({ groups = {} }) => ({
    // What is installed is installed.
    code: (groups.block ?? groups.call ?? '').trim().replace(/^npm ci && /, ''),
    shown: groups.shown,
    isWhole: groups.block !== undefined || !/[<…]/.test(groups.call ?? ''),
  }))
  .filter(({ code, isWhole }) => isWhole && !NOT_RUN.test(code))
  .filter(({ code }, at, all) => all.findIndex((one) => one.code === code) === at);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-readme-'));
  // As in a fresh checkout, with nothing in it that was made by using it.
  const made = new Set(['.canbao', '.git', 'try', 'sample']);
  for (const name of await readdir(packageRoot)) {
    if (!made.has(name)) await symlink(join(packageRoot, name), join(folder, name));
  }
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the README, from top to bottom in a fresh folder', () => {
  it('has what to run', () => {
    const codes = steps.map(({ code }) => code);
    expect(codes).toContain(SERVES);
    expect(codes).toContain('npm run demo');
    expect(codes.some((code) => code.includes('canbao verify'))).toBe(true);
    expect(steps.some(({ shown }) => shown !== undefined)).toBe(true);
  });

  it.each(steps)('$code', { timeout: HANGS_MS + 10_000 }, async ({ code, shown }) => {
    if (code === SERVES) return askService();
    const { status, said } = await shell(code);
    expect(status, said).toBe(0);
    expect(said.trim()).not.toBe('');
    for (const line of shown?.trim().split('\n') ?? []) expect(said).toContain(line.trim());
  });
});

function start(code: string, environment: Readonly<Record<string, string>> = {}): ChildProcess {
  const { DATABASE_URL: _, CANBAO_RPC_URL: __, CANBAO_HOME: ___, ...inherited } = process.env;
  // `canbao` as installed: the tests have it in the checkout.
  const script = `set -euo pipefail\ncanbao() { npm run -s canbao -- "$@"; }\n${code}`;
  return spawn('bash', ['-c', script], {
    cwd: folder,
    env: { ...inherited, NODE_ENV: 'development', LC_ALL: 'C.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and what it starts end together.
    detached: true,
    timeout: HANGS_MS,
  });
}

async function shell(code: string): Promise<{ status: number | null; said: string }> {
  const child = start(code);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [status] = (await once(child, 'close')) as [number | null];
  return { status, said };
}

/** `npm start`: begun, asked, and ended. */
async function askService(): Promise<void> {
  const child = start(SERVES, { CANBAO_LISTEN: `127.0.0.1:${await freePort()}` });
  const ended = once(child, 'close');
  child.stderr?.resume();
  try {
    const url = await servedAt(child);
    for (const path of ['/', '/wallet/', '/docs/', '/openapi.json', '/v1/presets']) {
      expect((await fetch(url + path)).status, path).toBe(200);
    }
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

async function servedAt(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('it has no output');
  let said = '';
  for await (const line of createInterface({ input: child.stdout })) {
    said += `${line}\n`;
    const url = /^Canbao serves at (\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error(`it did not serve: ${said}`);
}
