import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';

/** How a program of `examples/python` ended. */
export interface PythonRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Python in the examples' folder, where they import each other. */
export function python(...args: readonly string[]): Promise<PythonRun> {
  // Isolated from whatever is installed: the examples need the standard library alone.
  const options = { cwd: join(packageRoot, 'examples', 'python') };
  return new Promise((resolve, reject) => {
    execFile('python3', ['-S', '-B', ...args], options, (error, stdout, stderr) => {
      const code = error ? error.code : 0;
      if (typeof code !== 'number') reject(error);
      else resolve({ code, stdout, stderr });
    });
  });
}

/** Why the Python examples cannot run here; undefined where they can. */
export const noPython: string | undefined = await python('-c', 'import json, urllib.request').then(
  () => undefined,
  () => 'there is no python3',
);
