import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes } from '@noble/hashes/utils.js';
import { base32nopad } from '@scure/base';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import {
  type AnyPresentation,
  decodeAnyPresentation,
  encodeAnyPresentation,
} from './any-request.ts';
import type { ParamsLayouts } from './params.ts';
import { presentationBytes, readPresentationBytes } from './presentation-code/body.ts';
import { BadBytes } from './presentation-code/bytes.ts';

/**
 * A presentation as short texts for QR codes, in letters and figures a QR code packs closely:
 *
 *     CANBAO: base32( version  (number − 1)·16 + (of − 1)  digest[4]  piece  checksum[4] )
 *
 * One text is enough for most; what is longer, such as a set of several proofs, is cut into several
 * of about one length, told apart by the digest of the whole. Decoding is strict: a presentation
 * has one encoding.
 */
export const CODE_PREFIX = 'CANBAO:';
/** Letters of one text: a QR code of version 18 with medium error correction, which print stands. */
export const MAX_CODE_LENGTH = 800;

const VERSION = 1;
const DIGEST_BYTES = 4;
const HEAD_BYTES = 2 + DIGEST_BYTES;
const MOST_CODES = 16;
const PIECE_BYTES =
  Math.floor(((MAX_CODE_LENGTH - CODE_PREFIX.length) * 5) / 8) - HEAD_BYTES - DIGEST_BYTES;

/** What one text tells: which of how many it is, and of which presentation. */
export interface CodePiece {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** Names the presentation; the same in each of its texts. */
  readonly whole: string;
  readonly bytes: Uint8Array;
}

/** Whether a text means to be a presentation code, whole or not. */
export function isPresentationCode(text: string): boolean {
  return text.trim().startsWith(CODE_PREFIX);
}

/**
 * The codes of a presentation, in their order; one for nearly all.
 * @throws presentation.malformed where a point of the proof is not of its group, or it is too long
 */
export function encodePresentationCodes(
  presentation: AnyPresentation,
  statements: ParamsLayouts,
): string[] {
  const bytes = asMalformed(() => presentationBytes(presentation, statements));
  const of = Math.ceil(bytes.length / PIECE_BYTES);
  if (of > MOST_CODES) throw malformed('it is too long for codes');
  const size = Math.ceil(bytes.length / of);
  return Array.from({ length: of }, (_, i) => {
    const head = concatBytes(Uint8Array.of(VERSION, i * MOST_CODES + of - 1), digest(bytes));
    const piece = concatBytes(head, bytes.subarray(i * size, (i + 1) * size));
    return CODE_PREFIX + base32nopad.encode(concatBytes(piece, digest(piece)));
  });
}

/** Reads one text alone, as it is scanned. @throws presentation.malformed */
export function readPresentationCode(text: string): CodePiece {
  const code = text.trim();
  if (!isPresentationCode(code)) throw malformed('it is not a presentation code');
  if (code.length > MAX_CODE_LENGTH) throw malformed('the code is too long');
  const bytes = fromBase32(code.slice(CODE_PREFIX.length));
  if (bytes.length <= HEAD_BYTES + DIGEST_BYTES) throw malformed('the code is too short');
  const piece = bytes.subarray(0, -DIGEST_BYTES);
  if (!isSame(digest(piece), bytes.subarray(-DIGEST_BYTES))) throw malformed('the code is damaged');
  const [version, place = 0] = piece;
  if (version !== VERSION) throw malformed('the code is of a version that is not known here');
  const [number, of] = [Math.floor(place / MOST_CODES) + 1, (place % MOST_CODES) + 1];
  if (number > of) throw malformed('the code has no place among the others');
  const whole = bytesToHex(piece.subarray(2, HEAD_BYTES));
  return { number, of, whole, bytes: piece.slice(HEAD_BYTES) };
}

/**
 * The presentation of its codes, which may come in any order.
 * @throws presentation.malformed, and what `parseRequest` throws for the request in it
 */
export function decodePresentationCodes(
  texts: readonly string[],
  statements: ParamsLayouts,
): AnyPresentation {
  const pieces = texts.map(readPresentationCode).sort((a, b) => a.number - b.number);
  const [first] = pieces;
  if (!first) throw malformed('there is no code');
  if (pieces.some(({ whole, of }) => whole !== first.whole || of !== first.of)) {
    throw malformed('the codes are of several presentations');
  }
  const missing = pieces.findIndex(({ number }, i) => number !== i + 1);
  if (missing >= 0 || pieces.length !== first.of) {
    const number = missing >= 0 ? missing + 1 : pieces.length + 1;
    throw malformed(
      number > first.of ? 'a code is given twice' : `code ${number} of ${first.of} is missing`,
    );
  }
  const bytes = concatBytes(...pieces.map((piece) => piece.bytes));
  const read = asMalformed(() => readPresentationBytes(bytes, statements));
  const presentation = decodeAnyPresentation(encodeAnyPresentation(read), statements);
  const codes = encodePresentationCodes(presentation, statements);
  const given = new Set(texts.map((text) => text.trim()));
  if (!codes.every((code) => given.has(code))) throw malformed('it is written in another way');
  return presentation;
}

function digest(bytes: Uint8Array): Uint8Array {
  return sha256(bytes).subarray(0, DIGEST_BYTES);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}

function fromBase32(text: string): Uint8Array {
  try {
    return base32nopad.decode(text);
  } catch {
    throw malformed('the code has letters that no code has, or misses some');
  }
}

function malformed(reason: string): CanbaoError {
  return new CanbaoError('presentation.malformed', { reason });
}

/** Everything wrong with the bytes is one fault to whoever scanned them. */
function asMalformed<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof BadBytes) throw malformed(error.message);
    if (error instanceof CanbaoError && error.code === 'core.out_of_range') {
      throw malformed('a number is out of its range');
    }
    throw error;
  }
}
