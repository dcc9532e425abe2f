import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { packageRoot } from '../../../src/keys/paths.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { type FlatFiles, flatCopy } from './flat-copy.ts';

/** What circomspect says of a line of ours. */
export interface Warning {
  /** Below the package. */
  readonly file: string;
  readonly line: number;
  /** The line's text. */
  readonly source: string;
  /** `CS0005` */
  readonly rule: string;
  readonly message: string;
}

/** The part of SARIF that is read. */
const sarifSchema = z.object({
  runs: z.array(
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          message: z.object({ text: z.string() }),
          locations: z.array(
            z.object({
              physicalLocation: z.object({
                artifactLocation: z.object({ uri: z.string() }),
                region: z.object({ startLine: z.int() }),
              }),
            }),
          ),
        }),
      ),
    }),
  ),
});

const require = createRequire(import.meta.url);

/** Runs circomspect over every circuit of ours. Takes seconds. @throws Error where it fails */
export async function circomspectWarnings(): Promise<Warning[]> {
  await using scratch = await scratchFolder('circomspect');
  const folder = scratch.path;
  const files = await flatCopy(folder);
  await runCircomspect(folder, [...files.keys()]);
  const sarif = sarifSchema.parse(JSON.parse(await readFile(join(folder, 'out.sarif'), 'utf8')));
  const results = sarif.runs.flatMap((run) => run.results);
  return await Promise.all(results.map((result) => warningOf(result, files)));
}

async function runCircomspect(folder: string, names: readonly string[]): Promise<void> {
  const program = require.resolve('circomspect/cli.js');
  const args = ['--no-warnings', program, '--sarif-file', 'out.sarif', ...names];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: folder, maxBuffer: 64 * 2 ** 20 });
  } catch (error) {
    // It exits 1 where it has something to say; what it cannot read it prints as an error.
    const { code, stdout } = error as { code?: unknown; stdout?: string };
    if (code !== 1 || stdout === undefined || /^error/m.test(stdout)) throw error;
  }
}

async function warningOf(
  { ruleId, message, locations }: z.infer<typeof sarifSchema>['runs'][0]['results'][0],
  files: FlatFiles,
): Promise<Warning> {
  const place = locations[0]?.physicalLocation;
  const name = place?.artifactLocation.uri.replace('file://', '') ?? '';
  const file = files.get(name);
  const line = place?.region.startLine ?? 0;
  if (file === undefined) throw new Error(`circomspect speaks of ${name}, which is not ours`);
  const source = (await readFile(join(packageRoot, file), 'utf8')).split('\n')[line - 1] ?? '';
  return { file, line, source: source.trim(), rule: ruleId, message: message.text };
}
