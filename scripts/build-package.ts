import { execFile } from 'node:child_process';
import { chmod, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../src/keys/paths.ts';
import { buildPagesIfOlder } from './build-pages.ts';

/**
 * What `npm pack` takes besides what is in the repository: JavaScript and declarations in `dist/`, and
 * the pages in `build/web/`.
 */
const dist = join(packageRoot, 'dist');
await rm(dist, { recursive: true, force: true });
const tsc = join(packageRoot, 'node_modules', '.bin', 'tsc');
await promisify(execFile)(tsc, ['-p', join(packageRoot, 'tsconfig.build.json')]);
await chmod(join(dist, 'src', 'cli', 'main.js'), 0o755);
await buildPagesIfOlder();
