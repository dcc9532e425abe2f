import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { inlineCode, readDocument } from './documents.ts';

const { prose } = readDocument('docs/architecture.md');
/** Rows of “Who imports whom”, from the top. */
const layers = [...prose.matchAll(/^\| (`(?:src|circuits)\/[^|]*) \|/gm)]
  .slice(0, 11)
  .map(([, cell = '']) => inlineCode({ prose: cell }));
const beside = ['src/sdk', 'src/types'];

/** Row of the innermost folder named; undefined for what is in none. */
function layerOf(path: string): number | undefined {
  let folder = dirname(path);
  while (folder !== '.') {
    const row = layers.findIndex((folders) => folders.includes(folder));
    if (row !== -1) return row;
    folder = dirname(folder);
  }
  return undefined;
}

const files = ['src', 'circuits'].flatMap((root) =>
  readdirSync(join(packageRoot, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, file)),
);

it('every folder of the sources has its row, or stands beside them', () => {
  const lost = files.filter(
    (file) => layerOf(file) === undefined && !beside.some((folder) => file.startsWith(folder)),
  );
  expect(layers).toHaveLength(11);
  expect(lost).toEqual([]);
});

it('imports point down the table of the architecture page', () => {
  const upward: string[] = [];
  let downward = 0;
  for (const file of files) {
    const from = layerOf(file);
    if (from === undefined) continue;
    const text = readFileSync(join(packageRoot, file), 'utf8');
    for (const [, target = ''] of text.matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
      const to = layerOf(normalize(join(dirname(file), target)));
      if (to === undefined || to === from) continue;
      if (to > from) downward++;
      else upward.push(`${file} → ${target}`);
    }
  }
  expect(downward).toBeGreaterThan(1000);
  expect(upward).toEqual([]);
});
