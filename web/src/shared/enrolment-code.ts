import { bytesToNumberBE, numberToBytesBE } from '@noble/curves/utils.js';
import { base32nopad } from '@scure/base';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { HolderEnrolment } from '../../../src/holder/enrolment.ts';

const PREFIX = 'CANBAO-KEY1:';
const BYTES = 32;

/**
 * An enrolment in letters and figures that a QR code packs closely: a coarse one, which cheap cameras
 * read off a small screen, where its JSON makes a fine one.
 */
export function enrolmentCode({ ax, ay, commitment, signature }: HolderEnrolment): string {
  const numbers = [ax, ay, commitment, signature.r8x, signature.r8y, signature.s];
  const bytes = numbers.flatMap((number) => [...numberToBytesBE(BigInt(number), BYTES)]);
  return PREFIX + base32nopad.encode(Uint8Array.from(bytes));
}

export function isEnrolmentCode(text: string): boolean {
  return text.startsWith(PREFIX);
}

/** The enrolment of a code; `readEnrolment` says whether it is a good one. @throws holder.bad_enrolment */
export function ofEnrolmentCode(code: string): HolderEnrolment {
  const bytes = fromBase32(code.slice(PREFIX.length));
  const [ax, ay, commitment, r8x, r8y, s] = Array.from({ length: bytes.length / BYTES }, (_, i) =>
    String(bytesToNumberBE(bytes.subarray(i * BYTES, (i + 1) * BYTES))),
  );
  if (!ax || !ay || !commitment || !r8x || !r8y || !s || bytes.length !== 6 * BYTES) throw bad();
  return { format: 'canbao/enrolment@1', ax, ay, commitment, signature: { r8x, r8y, s } };
}

function fromBase32(text: string): Uint8Array {
  try {
    return base32nopad.decode(text);
  } catch {
    throw bad();
  }
}

function bad(): CanbaoError {
  return new CanbaoError('holder.bad_enrolment', { reason: 'QR' });
}
