import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import {
  isPresentationCode,
  readPresentationCode,
} from '../../../../src/request/presentation-code.ts';
import { isCertificateCode } from '../check/certificate.ts';
import { fromCodes, type PresentationInput } from '../check/read-presentation-text.ts';

/** One of many: a presentation under a name, a code of a certificate, or why it is neither. */
export type BatchEntry = { readonly name: string } & (
  | { readonly kind: 'presentation'; readonly presentation: PresentationInput }
  | { readonly kind: 'certificate'; readonly code: string }
  | { readonly kind: 'unreadable'; readonly error: CanbaoError }
);

/** As it is found in a file or a line: what it says, and its name. */
export interface NamedText {
  readonly name: string;
  /** JSON, a presentation code or a code of a certificate; or parsed JSON. */
  readonly content: unknown;
}

const LONGEST_NAME = 150;

/**
 * Reads what was found: codes that belong together become one, and every name is another.
 */
export function batchEntries(found: readonly NamedText[]): BatchEntry[] {
  const entries: BatchEntry[] = [];
  const pieces = new Map<string, { name: string; codes: string[]; place: number }>();
  for (const { name, content } of found) {
    if (typeof content !== 'string' || !isPresentationCode(content)) {
      entries.push(entryOf(name, content));
      continue;
    }
    try {
      const { whole } = readPresentationCode(content);
      const known = pieces.get(whole);
      if (known) known.codes.push(content.trim());
      else {
        pieces.set(whole, { name, codes: [content.trim()], place: entries.length });
        // Its place; filled below, once all its codes are known.
        entries.push(unreadable(name, 'it is incomplete'));
      }
    } catch (error) {
      entries.push({ name, kind: 'unreadable', error: asMalformed(error) });
    }
  }
  for (const { name, codes, place } of pieces.values()) {
    entries[place] = entryFromCodes(name, codes);
  }
  return withOwnNames(entries);
}

function entryOf(name: string, content: unknown): BatchEntry {
  if (typeof content !== 'string') return { name, kind: 'presentation', presentation: content };
  const text = content.trim();
  if (isCertificateCode(text)) return { name, kind: 'certificate', code: text };
  try {
    return { name, kind: 'presentation', presentation: JSON.parse(text) };
  } catch {
    return unreadable(name, 'neither a proof nor a code');
  }
}

function entryFromCodes(name: string, codes: readonly string[]): BatchEntry {
  try {
    return { name, kind: 'presentation', presentation: fromCodes(codes) };
  } catch (error) {
    return { name, kind: 'unreadable', error: asMalformed(error) };
  }
}

/** A service wants names told apart; so do people. */
function withOwnNames(entries: readonly BatchEntry[]): BatchEntry[] {
  const taken = new Set<string>();
  return entries.map((entry, i) => {
    const wanted = entry.name.trim().slice(0, LONGEST_NAME) || `${i + 1}`;
    let name = wanted;
    for (let again = 2; taken.has(name); again++) name = `${wanted} (${again})`;
    taken.add(name);
    return { ...entry, name };
  });
}

function unreadable(name: string, reason: string): BatchEntry {
  return { name, kind: 'unreadable', error: new CanbaoError('presentation.malformed', { reason }) };
}

function asMalformed(error: unknown): CanbaoError {
  if (error instanceof CanbaoError) return error;
  throw error;
}
