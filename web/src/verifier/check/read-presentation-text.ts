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

/**
 * Takes one more code in; a code of another presentation begins anew.
 * @returns the presentation once all its codes are there
 * @throws presentation.malformed
 */
export function takeCode(
  text: string,
  soFar: CodesSoFar | undefined,
): { readonly presentation?: PresentationInput; readonly soFar: CodesSoFar } {
  const code = text.trim();
  const { whole, of } = readPresentationCode(code);
  const isSame = soFar?.codes.some((one) => readPresentationCode(one).whole === whole) ?? false;
  const codes = isSame ? [...new Set([...(soFar?.codes ?? []), code])] : [code];
  const taken = { codes, of };
  if (codes.length < of) return { soFar: taken };
  return { presentation: fromCodes(codes), soFar: taken };
}

/**
 * Reads what was pasted or is in a file: JSON, presentation codes one a line, or a wallet's link.
 * @throws presentation.malformed
 */
export function readPresentationText(text: string): PresentationInput {
  const trimmed = inLink(text.trim()) ?? text.trim();
  if (isPresentationCode(trimmed)) return fromCodes(trimmed.split(/\s+/));
  try {
    return JSON.parse(trimmed);
  } catch {
    throw new CanbaoError('presentation.malformed', { reason: 'JSON' });
  }
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
