import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';

it('generated files are what the sources say', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'scripts/gen.ts', '--check'],
    { cwd: packageRoot },
  );
  expect(stdout).toContain('up to date');
});
