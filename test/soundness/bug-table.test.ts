import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPatch, readBugTable } from '../../scripts/soundness/defences/bug-table.ts';
import { patched, readBugs } from '../../scripts/soundness/planted/planted-circuit.ts';
import { packageRoot } from '../../src/keys/paths.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

describe('the table of known bugs', () => {
  it.each(readBugTable())(
    '$bug: its test is there, and its defence is where the table says',
    (row) => {
      expect(existsSync(join(packageRoot, row.test.file))).toBe(true);
      expect(read(row.test.file)).toContain(row.test.name);
      expect((row.patches?.length ?? 0) + (row.planted?.length ?? 0)).toBeGreaterThan(0);
      for (const patch of row.patches ?? []) {
        expect(applyPatch(read(patch.file), patch)).not.toBe(read(patch.file));
      }
    },
  );

  it('names planted bugs that exist', async () => {
    const known = new Set((await readBugs()).map(({ name }) => name));
    const named = readBugTable().flatMap(({ planted }) => planted ?? []);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});

describe('planted bugs', () => {
  it('are forty or more, and each still fits its file', async () => {
    const bugs = await readBugs();
    expect(bugs.length).toBeGreaterThanOrEqual(40);
    expect(new Set(bugs.map(({ name }) => name)).size).toBe(bugs.length);
    for (const bug of bugs) {
      const source = read(`circuits/${bug.file}`);
      expect(patched(source, bug)).not.toBe(source);
    }
  });
});
