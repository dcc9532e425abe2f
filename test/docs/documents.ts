import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';

/** A page for people, as GitHub shows it. */
export interface Document {
  /** Below the package. */
  readonly path: string;
  readonly text: string;
  /** The text without its fenced blocks. */
  readonly prose: string;
  readonly blocks: readonly Block[];
}

export interface Block {
  readonly language: string;
  readonly code: string;
}

const FENCED = /^```(\w*)\n(.*?)^```$/gms;

export function readDocument(path: string): Document {
  const text = readFileSync(join(packageRoot, path), 'utf8');
  const blocks = [...text.matchAll(FENCED)].map(([, language = '', code = '']) => ({
    ...{ language, code },
  }));
  return { path, text, prose: text.replace(FENCED, ''), blocks };
}

export const documents: readonly Document[] = ['.', 'docs', 'mappings']
  .flatMap((folder) => readdirSync(join(packageRoot, folder)).map((name) => join(folder, name)))
  .filter((path) => path.endsWith('.md'))
  .sort()
  .map(readDocument);

/** What stands between single backticks in the prose. */
export function inlineCode({ prose }: Pick<Document, 'prose'>): string[] {
  return [...prose.matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code);
}

/** The anchors of its headings, as GitHub makes them. */
export function anchorsOf({ prose }: Document): string[] {
  return [...prose.matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\- ]/gu, '')
      .replaceAll(' ', '-'),
  );
}
