import { hexToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import { systemClock } from '../../../../src/core/clock.ts';
import { CanbaoError, type Language } from '../../../../src/core/errors/canbao-error.ts';
import {
  type AnyRequest,
  parseAnyRequest,
  requestsOf,
} from '../../../../src/request/any-request.ts';
import { isUnreachable } from '../../../../src/sdk/connection.ts';
import { openRequest } from '../../../../src/sdk/open-request.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { type HistoryEntry, readEntry, writeEntry } from '../history/entry.ts';
import type { WalletStore } from '../vault/wallet-store.ts';

const ID = /^[\w-]{22}$/;
const ID_BYTES = 16;

/** What somebody gave: the id of a request of this service, or the request itself. */
export type Given = { readonly id: string } | { readonly request: AnyRequest };

/**
 * Reads what was pasted, typed or scanned: a link, a request code, or a request file.
 * @throws sdk.bad_link also for a request of another service, request.malformed and the like
 */
export function readGiven(text: string): Given {
  const given = text.trim();
  if (given.startsWith('{'))
    return { request: parseAnyRequest(parseJson(given), statementRegistry) };
  if (ID.test(given)) return { id: given };
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const inner = url?.searchParams.get('request_uri');
  const address = inner && URL.canParse(inner) ? new URL(inner) : url;
  const place = address && `${address.pathname}${address.hash}`;
  const id = /^(?:\/r\/|\/v1\/requests\/|\/wallet\/#\/r\/)([\w-]{22})$/.exec(place ?? '')?.[1];
  // Pages of ours ask no other site: a request of one can come as a file.
  if (!address || !id || address.origin !== location.origin) {
    throw new CanbaoError('sdk.bad_link', { reason: address?.host ?? given.slice(0, 40) });
  }
  return { id };
}

/**
 * The request of an id: as it is kept once something became of it, else as the service has it now,
 * and without a network as it was last seen.
 * @throws request.unknown, request.answered, request.cancelled, request.expired, sdk.unreachable
 */
export async function openEntry(
  store: WalletStore,
  id: string,
  language: Language,
  signal: AbortSignal,
): Promise<HistoryEntry> {
  const kept = await readEntry(store, id);
  if (kept && (kept.presentation || kept.source.kind !== 'service')) return kept;
  try {
    const { origin } = location;
    const link = `${origin}/v1/requests/${encodeURIComponent(id)}`;
    const found = await openRequest(link, { trusted: [origin], language, signal });
    const { request, responseUri, state } = found;
    const source = { kind: 'service' as const, origin: found.origin, responseUri, state };
    const entry: HistoryEntry = {
      ...(kept ?? { id, outcome: 'opened', at: systemClock() }),
      ...{ request, source },
    };
    await writeEntry(store, entry);
    return entry;
  } catch (error) {
    if (kept && isUnreachable(error)) return kept;
    throw error;
  }
}

/** Keeps a request that did not come from the service. The same one is the same entry. */
export async function keepRequest(
  store: WalletStore,
  request: AnyRequest,
  kind: 'file' | 'own',
): Promise<HistoryEntry> {
  const nonce = requestsOf(request)[0]?.nonce ?? '0x';
  const id = base64urlnopad.encode(hexToBytes(nonce.slice(2)).slice(0, ID_BYTES));
  const kept = await readEntry(store, id);
  if (kept?.presentation) return kept;
  const entry: HistoryEntry = {
    ...{ id, request, source: { kind }, outcome: 'opened', at: systemClock() },
  };
  await writeEntry(store, entry);
  return entry;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CanbaoError('request.malformed', { reason: 'JSON' });
  }
}
