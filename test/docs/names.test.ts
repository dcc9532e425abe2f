import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { errorCatalogue } from '../../src/core/errors/catalogue.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { documents, inlineCode, readDocument } from './documents.ts';

const sources = ['src', 'circuits'].flatMap((root) =>
  readdirSync(join(packageRoot, root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(packageRoot, root, file), 'utf8')),
);
const source = sources.join('\n');

/** Of pages’ own examples: a shell's, not the program's. */
const OWN_VARIABLES = new Set(['CANBAO_KEY', 'CANBAO_TESTS']);
/** Look like codes, and are fields. */
const FIELDS = new Set(['policy.once', 'verdict.notes']);

it.each(documents)('settings $path names are read', ({ text }) => {
  const named = new Set(text.match(/\bCANBAO_[A-Z_]*[A-Z]\b/g));
  const unread = [...named].filter((name) => !OWN_VARIABLES.has(name) && !source.includes(name));
  expect(unread).toEqual([]);
});

it('settings that are read are named on some page', () => {
  const pages = documents.map(({ text }) => text).join('\n');
  const read = new Set(source.match(/\bCANBAO_[A-Z_]*[A-Z]\b/g));
  expect(read.size).toBeGreaterThan(40);
  expect([...read].filter((name) => !new RegExp(`${name}\\b`).test(pages))).toEqual([]);
});

it.each(documents)('error codes $path names are in the catalogue', (page) => {
  const codes = Object.keys(errorCatalogue);
  const families = new Set(codes.map((code) => code.split('.')[0]));
  const named = inlineCode(page).filter(
    (code) => /^[a-z]+\.[a-z_]+$/.test(code) && families.has(code.split('.')[0]),
  );
  const unknown = named.filter(
    (code) => !codes.includes(code) && !FIELDS.has(code) && !/\.(?:json|ts|md)$/.test(code),
  );
  expect(unknown).toEqual([]);
});

it('metrics the operator’s guide watches are told', async () => {
  const { text } = readDocument('docs/operations.md');
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const usual = registry.getMetricsAsArray().map(({ name }) => name);
  const named = new Set(text.match(/\b(?:canbao|process|nodejs)_[a-z0-9_]+\b/g));
  const schemas = ['canbao_jobs', 'canbao_copy', 'canbao_service'];
  const metrics = [...named].filter((name) => !schemas.includes(name));
  expect(metrics.length).toBeGreaterThan(4);
  const unknown = metrics
    .map((name) => name.replace(/_(?:bucket|count|sum)$/, ''))
    .filter((name) => !usual.includes(name) && !source.includes(`name: '${name}'`));
  expect(unknown).toEqual([]);
});

it('the changelog names every format of a file, and none that is not', () => {
  const formats = (text: string) => [...new Set(text.match(/\bcanbao\/[a-z-]+@\d+/g))].sort();
  expect(formats(readDocument('CHANGELOG.md').text)).toEqual(formats(source));
});
