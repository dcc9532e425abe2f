import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { encodeAnyPresentation } from '../../../../src/request/any-request.ts';
import {
  decodePresentationCodes,
  isPresentationCode,
  readPresentationCode,
} from '../../../../src/request/presentation-code.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';

/** A presentation file, or what else somebody took for one: the verdict says what is wrong with it. */
export type PresentationInput = unknown;

/** Codes of one presentation that were scanned so far. */
export interface CodesSoFar {
  readonly codes: readonly string[];
  readonly of: number;
}

/** What was read, once all of it is there. */
export interface Taken {
  readonly presentation?: PresentationInput;
  readonly soFar?: CodesSoFar | undefined;
}

/**
 * Reads what was scanned, pasted or is in a file: JSON, presentation codes one a line, or a wallet's
 * link. Codes add to those before; a code of another presentation begins anew.
 * @throws presentation.malformed
 */
export function takeText(text: string, soFar?: CodesSoFar): Taken {
  const trimmed = inLink(text.trim()) ?? text.trim();
  if (isPresentationCode(trimmed)) return takeCodes(trimmed.split(/\s+/), soFar);
  try {
    return { presentation: JSON.parse(trimmed) };
  } catch {
    throw new CanbaoError('presentation.malformed', { reason: 'JSON' });
  }
}

function takeCodes(given: readonly string[], soFar: CodesSoFar | undefined): Taken {
  const wholes = new Set(given.map((one) => readPresentationCode(one).whole));
  const before = soFar?.codes.filter((one) => wholes.has(readPresentationCode(one).whole)) ?? [];
  const codes = [...new Set([...before, ...given])];
  const { of } = readPresentationCode(codes[0] ?? '');
  if (codes.length < of && wholes.size === 1) return { soFar: { codes, of } };
  return { presentation: fromCodes(codes) };
}

/** The codes in a link that a wallet made: `…#/check?proof=CANBAO:…`. */
function inLink(text: string): string | undefined {
  const [, query] = /^https?:\/\/[^\s#]*#\/check\?(\S*)$/.exec(text) ?? [];
  return new URLSearchParams(query).get('proof') ?? undefined;
}

/** @throws presentation.malformed */
export function fromCodes(codes: readonly string[]): PresentationInput {
  return encodeAnyPresentation(decodePresentationCodes(codes, statementRegistry));
}
