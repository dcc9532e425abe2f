import { keyEntry } from '../../../../src/groth16/manifest.ts';
import { connect } from '../../../../src/sdk/connection.ts';
import { badAnswer } from '../../shared/kept-answers.ts';
import { keyManifest } from '../../shared/keys.ts';
import { codesOf } from '../answer/proof-codes.ts';
import { type HistoryEntry, provenIn, readEntry, typedCode, writeEntry } from '../history/entry.ts';
import type { WalletStore } from '../vault/wallet-store.ts';

/** What is printed, beside what the entry has. */
export interface Certificate {
  readonly entry: HistoryEntry;
  /** Texts of its QR codes. */
  readonly codes: readonly string[];
  readonly isDevelopment: boolean;
}

/** Undefined where there is no such proof. @throws sdk.unreachable where keys were never heard of */
export async function certificateOf(
  store: WalletStore,
  id: string,
): Promise<Certificate | undefined> {
  const entry = await readEntry(store, id);
  if (!entry?.presentation) return undefined;
  const [codes, manifest] = await Promise.all([codesOf(entry), keyManifest()]);
  const isDevelopment = provenIn(entry).some(
    ({ statement }) => keyEntry(manifest, statement).status === 'development',
  );
  return { entry, codes, isDevelopment };
}

/** Has the service keep the proof under a code. @throws certificate.refused, sdk.unreachable */
export async function addCode(
  store: WalletStore,
  entry: HistoryEntry,
  signal: AbortSignal,
): Promise<HistoryEntry> {
  const answer = await connect({ url: location.origin }).call({
    ...{ method: 'POST', path: '/v1/certificates', signal },
    body: { presentation: entry.presentation },
  });
  const read = typedCode.safeParse(answer);
  if (!read.success) throw badAnswer('certificate');
  const withCode = { ...entry, code: read.data };
  await writeEntry(store, withCode);
  return withCode;
}

/** The first and last digits of a long number: enough to hold two sheets against one another. */
export function shortNumber(number: string): string {
  return number.length <= 16 ? number : `${number.slice(0, 8)}…${number.slice(-8)}`;
}
