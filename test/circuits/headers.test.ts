import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keepsHintRule } from '../../scripts/soundness/lint/unconstrained.ts';
import { packageRoot } from '../../src/keys/paths.ts';

/** Every circom file of ours, generated ones included; mains declare nothing. */
const circuits = join(packageRoot, 'circuits');
const files = readdirSync(circuits, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.circom'))
  .map((entry) => relative(circuits, join(entry.parentPath, entry.name)))
  .filter((file) => !file.startsWith('generated/main/'))
  .sort();

function documented(source: string, kind: 'input' | 'output'): string[] {
  const lines = [...source.matchAll(new RegExp(`^// @${kind} ([\\w, ]*?\\w)(?:\\s{2,}|$)`, 'gm'))];
  return lines.flatMap((match) => (match[1] ?? '').split(/,\s*/)).sort();
}

function declared(source: string, kind: 'input' | 'output'): string[] {
  return [...source.matchAll(new RegExp(`^\\s+signal ${kind} (\\w+)`, 'gm'))]
    .map((match) => match[1] ?? '')
    .sort();
}

describe.each(files)('%s', (file) => {
  const source = readFileSync(join(circuits, file), 'utf8');
  const code = source.replace(/\/\/.*$/gm, '');

  it('documents exactly the signals it declares', () => {
    expect(documented(source, 'input')).toEqual(declared(source, 'input'));
    expect(documented(source, 'output')).toEqual(declared(source, 'output'));
  });

  it('holds one template, named after the file', () => {
    const templates = [...code.matchAll(/^template (\w+)/gm)].map((match) => match[1]);
    if (file === 'generated/tags.circom') {
      expect(templates).toEqual([]);
      return;
    }
    const folder = file.split('/').at(-2) ?? '';
    const stem = basename(file) === 'circuit.circom' ? `${folder}-rule` : basename(file, '.circom');
    const expected = stem.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());
    expect(templates).toEqual([expected]);
  });

  it('assigns without constraint only where that is allowed', () => {
    expect(keepsHintRule(file, source)).toBe(true);
  });

  it('compares only through lib/compare, and splits fewer than 254 bits', () => {
    if (!file.startsWith('lib/compare/')) {
      expect(code).not.toMatch(
        /comparators\.circom|\b(LessThan|LessEqThan|GreaterThan|GreaterEqThan)\(/,
      );
    }
    for (const match of code.matchAll(/Num2Bits\((\d+)\)/g)) {
      expect(Number(match[1])).toBeLessThan(254);
    }
  });

  it('includes through the library path', () => {
    expect(code).not.toMatch(/include "\.\.?\//);
  });
});
