import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { isEnrolmentCode, ofEnrolmentCode } from '../../shared/enrolment-code.ts';
import type { Subject } from './subject.ts';

/** An enrolment that was read and checked, and a short name of its key to compare by eye. */
export interface ReadKey {
  readonly enrolment: unknown;
  /** `1A2B-3C4D-5E6F` */
  readonly fingerprint: string;
}

/** Out of a QR code, a file or a paste. @throws holder.bad_enrolment, holder.bad_key */
export async function readKey(text: string): Promise<ReadKey> {
  const json = parse(text.trim());
  const { readEnrolment } = await import('../../../../src/holder/enrolment.ts');
  const { commitment } = readEnrolment(json);
  return { enrolment: json, fingerprint: fingerprintOf(commitment) };
}

function parse(text: string): unknown {
  if (isEnrolmentCode(text)) return ofEnrolmentCode(text);
  try {
    return JSON.parse(text);
  } catch {
    throw new CanbaoError('holder.bad_enrolment', { reason: 'JSON' });
  }
}

/** The last 48 bits: the commitment is a hash, every part of it is as good as another. */
function fingerprintOf(commitment: bigint): string {
  const hex = commitment.toString(16).padStart(64, '0').slice(-12).toUpperCase();
  return (hex.match(/.{4}/g) ?? []).join('-');
}

/** An entry of a file of several. */
export type Entry = Subject & { readonly enrolment: unknown };

/** `[{ "idNumber": "…", "enrolment": { … } }]`; undefined where it is something else. */
export function readEntries(json: unknown): readonly Entry[] | undefined {
  if (!Array.isArray(json) || json.length === 0) return undefined;
  return json.every(isEntry) ? json : undefined;
}

function isEntry(entry: unknown): entry is Entry {
  if (typeof entry !== 'object' || entry === null || !('enrolment' in entry)) return false;
  const { idNumber, creditCode } = entry as { idNumber?: unknown; creditCode?: unknown };
  return (typeof idNumber === 'string') !== (typeof creditCode === 'string');
}
