import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { anchorsOf, type Document, documents, inlineCode } from './documents.ts';

/** Folders of which a page may name what is in them; `build` and homes are made. */
const NAMED =
  /^(?:bench|circuits|contracts|demo|docs|examples|kernels|keys|mappings|policies|scripts|src|test|web)\/[\w@./-]+$/;

it.each(documents)('links of $path lead somewhere', (page) => {
  expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([]);
});

it.each(documents)('files $path names are there', (page) => {
  const named = inlineCode(page).filter((code) => NAMED.test(code));
  expect(named.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
});

it.each(documents)('tests $path names by what they say are there', ({ text }) => {
  const cited = text.matchAll(/`(test\/[\w./-]+\.test\.ts)`((?:(?: and)? “[^”]+”)+)/g);
  const missing = [...cited].flatMap(([, file = '', names = '']) => {
    const path = join(packageRoot, file);
    const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
    return [...names.matchAll(/“([^”]+)”/g)]
      .filter(([, name = '']) => !source.includes(name))
      .map(([name]) => `${file} ${name}`);
  });
  expect(missing).toEqual([]);
});

it('the list of pages has every page', () => {
  const list = documents.find(({ path }) => path === 'docs/README.md') as Document;
  const listed = linksOf(list).map((link) => normalize(join('docs', link)));
  const pages = documents.map(({ path }) => path).filter((path) => path !== list.path);
  expect(listed.sort()).toEqual(pages.filter((path) => path !== 'CHANGELOG.md').sort());
});

it('a link that leads nowhere would be noticed', () => {
  const page = documents.find(({ path }) => path === 'README.md') as Document;
  const fits = (link: string) => leadsSomewhere(page, link);
  expect(['docs/service.md', 'docs/service.md#ask', '#the-service', 'docs'].every(fits)).toBe(true);
  expect(['docs/nothing.md', 'docs/service.md#nothing', '#nothing'].some(fits)).toBe(false);
});

function linksOf({ prose }: Document): string[] {
  const inText = [...prose.matchAll(/\]\(([^()\s]+)\)/g)];
  const inTags = [...prose.matchAll(/(?:src|srcset|href)="([^"]+)"/g)];
  return [...inText, ...inTags].map(([, link = '']) => link);
}

function leadsSomewhere(page: Document, link: string): boolean {
  if (/^https?:\/\//.test(link)) return URL.canParse(link);
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? page.path : normalize(join(dirname(page.path), file));
  if (!existsSync(join(packageRoot, path))) return false;
  if (anchor === undefined) return true;
  const target = documents.find((one) => one.path === path);
  return target !== undefined && anchorsOf(target).includes(anchor);
}
