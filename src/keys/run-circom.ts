import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { packageRoot } from './paths.ts';

const require = createRequire(import.meta.url);

/**
 * Compiles a main circuit into a folder.
 * @param flags what to write, and how far to simplify
 * @throws key.compile_failed
 */
export function runCircom(
  statement: string,
  main: string,
  output: string,
  flags: readonly string[],
): Promise<void> {
  const args = [
    require.resolve('circom2/cli.js'),
    relative(packageRoot, main),
    ...flags,
    ...['circuits/lib', 'circuits/generated', circomlibFolder()].flatMap((path) => ['-l', path]),
    ...['-o', relative(packageRoot, output)],
  ];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--no-warnings', ...args], { cwd: packageRoot });
    let log = '';
    child.stdout.on('data', (data) => {
      log += data;
    });
    child.stderr.on('data', (data) => {
      log += data;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new CanbaoError('key.compile_failed', { statement, reason: lastLines(log) }));
    });
  });
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-8).join(' ');
}

function circomlibFolder(): string {
  const folder = join(dirname(require.resolve('circomlib/package.json')), 'circuits');
  return relative(packageRoot, folder);
}
