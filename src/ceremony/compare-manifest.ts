import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type KeyEntry, type KeyManifest, keyEntry } from '../groth16/manifest.ts';
import type { CheckedTranscript } from './check-transcript.ts';
import { circuitOf, stepOf, type Transcript } from './transcript.ts';

/** What a key's manifest entry must say after the ceremony. */
type CeremonyFacts = Pick<
  KeyEntry,
  'status' | 'contributions' | 'r1cs' | 'zkey' | 'vkeyHash' | 'transcript'
>;

/** @throws ceremony.bad_file for a statement that the ceremony does not have */
export function ceremonyFacts(
  { setup, contributions }: Transcript,
  { status, head, vkeyHashes }: CheckedTranscript,
  statement: string,
): CeremonyFacts {
  const circuit = circuitOf(setup, statement);
  const last = contributions.at(-1);
  const vkeyHash = vkeyHashes[statement];
  if (!vkeyHash) throw new CanbaoError('key.unknown', { statement });
  return {
    status,
    contributions: contributions.length,
    r1cs: circuit.r1cs,
    zkey: last ? stepOf(last, statement).zkey : circuit.zkey,
    vkeyHash,
    transcript: head,
  };
}

const FIELDS = ['vkeyHash', 'zkey', 'r1cs', 'contributions', 'transcript', 'status'] as const;

/** Fields of a manifest's entry that are not what the ceremony made. */
export function differingFields(entry: KeyEntry, facts: CeremonyFacts): (keyof CeremonyFacts)[] {
  return FIELDS.filter((field) => entry[field] !== facts[field]);
}

/**
 * Whether a manifest names, for every statement of a ceremony, what that made.
 * @throws ceremony.manifest_differs, key.unknown
 */
export function assertManifest(
  transcript: Transcript,
  checked: CheckedTranscript,
  manifest: KeyManifest,
): void {
  for (const statement of Object.keys(transcript.setup.statements)) {
    const facts = ceremonyFacts(transcript, checked, statement);
    const [field] = differingFields(keyEntry(manifest, statement), facts);
    if (field) throw new CanbaoError('ceremony.manifest_differs', { statement, field });
  }
}
