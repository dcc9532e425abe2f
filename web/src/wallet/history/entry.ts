import { z } from 'zod';
import {
  encodeAnyRequest,
  parseAnyRequest,
  requestsOf,
} from '../../../../src/request/any-request.ts';
import type { PresentationRequest } from '../../../../src/request/presentation-request.ts';
import type { PresentationFile } from '../../../../src/sdk/answers.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import type { WalletStore } from '../vault/wallet-store.ts';

const source = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('service'),
    origin: z.string(),
    responseUri: z.string(),
    state: z.string(),
  }),
  z.object({ kind: z.literal('file') }),
  /** The holder's own, for a certificate. */
  z.object({ kind: z.literal('own') }),
]);

const outcome = z.enum(['opened', 'unmet', 'declined', 'proven', 'answered', 'refused']);

/** A code to type, as the service gives it. */
export const typedCode = z.object({
  code: z.string(),
  /** Unix seconds. */
  expiresAt: z.int(),
});

const schema = z.object({
  /** Of a request of the service its own id, else of its nonce. */
  id: z.string(),
  request: z.unknown().transform((json) => parseAnyRequest(json, statementRegistry)),
  source,
  outcome,
  /** When it became so; Unix seconds. */
  at: z.int(),
  /** Of a set of which one is asked: the one that was answered. */
  choice: z.int().optional(),
  presentation: z.custom<PresentationFile>((value) => typeof value === 'object').optional(),
  /** Month of the record that was proven from, and how many accounts it had. */
  month: z.int().optional(),
  accounts: z.int().optional(),
  /** What the service said of the answer, in the language of that day. */
  said: z.string().optional(),
  /** The reason of its verdict, where that was not good. */
  reason: z.string().optional(),
  redirectUri: z.string().optional(),
  /** Where one was asked for. */
  code: typedCode.optional(),
});

/** Where a request was found. */
export type Source = Readonly<z.output<typeof source>>;

/**
 * What became of a request. `proven`: there is a proof, and it was not handed in from here;
 * `unmet`: the record does not satisfy it.
 */
export type Outcome = z.output<typeof outcome>;

/** A request somebody made of the holder, and what became of it. Kept sealed, on the device alone. */
export type HistoryEntry = Readonly<z.output<typeof schema>>;

/** Who asks. */
export function audienceOf({ request }: Pick<HistoryEntry, 'request'>): string {
  return requestsOf(request)[0]?.audience ?? '';
}

/** What for. */
export function purposeOf({ request }: Pick<HistoryEntry, 'request'>): string {
  return requestsOf(request)[0]?.purpose ?? '';
}

/** Until when it counts; Unix seconds. */
export function expiryOf({ request }: Pick<HistoryEntry, 'request'>): number {
  return requestsOf(request)[0]?.expiresAt ?? 0;
}

/** The requests that its proofs answer. */
export function provenIn({ request, choice }: HistoryEntry): readonly PresentationRequest[] {
  const requests = requestsOf(request);
  return choice === undefined ? requests : requests.slice(choice, choice + 1);
}

const PREFIX = 'history/';

/** Undefined where there is none, or one this version cannot read. */
export async function readEntry(store: WalletStore, id: string): Promise<HistoryEntry | undefined> {
  const json = await store.get(PREFIX + id);
  if (json === undefined) return undefined;
  try {
    return schema.parse(json);
  } catch {
    // Of a statement there is no more: nothing can be done with it, and nothing is shown of it.
    return undefined;
  }
}

export function writeEntry(store: WalletStore, entry: HistoryEntry): Promise<void> {
  return store.set(PREFIX + entry.id, { ...entry, request: encodeAnyRequest(entry.request) });
}

/** The newest first. */
export async function listEntries(store: WalletStore): Promise<HistoryEntry[]> {
  const names = await store.names(PREFIX);
  const entries = await Promise.all(
    names.map((name) => readEntry(store, name.slice(PREFIX.length))),
  );
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => b.at - a.at || a.id.localeCompare(b.id));
}

export function deleteEntry(store: WalletStore, id: string): Promise<void> {
  return store.delete(PREFIX + id);
}

/** Deletes what cannot be read as well. */
export async function deleteEntries(store: WalletStore): Promise<void> {
  for (const name of await store.names(PREFIX)) await store.delete(name);
}
