import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { statementRegistry } from '../../src/statements/registry.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

it('the README names every statement with its pinned number of constraints', () => {
  const pinned = JSON.parse(read('circuits/constraints.json')) as Record<string, number>;
  const rows = [...read('README.md').matchAll(/^\| `([a-z-]+@\d+)` \|.*\| ([\d,]+) \|$/gm)];
  const said = Object.fromEntries(
    rows.map(([, name, count]) => [name, Number(count?.replace(/,/g, ''))]),
  );
  expect(said).toEqual(pinned);
  expect(Object.keys(said).sort()).toEqual(statementRegistry.all().map(({ name }) => name));
});

it('the README runs only scripts that exist', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read('README.md').matchAll(/npm run (?:-s )?([\w:]+)/g)].map(
    ([, name]) => name,
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => name !== undefined && !(name in scripts))).toEqual([]);
});
