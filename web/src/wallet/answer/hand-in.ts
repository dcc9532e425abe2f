import { systemClock } from '../../../../src/core/clock.ts';
import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { connect } from '../../../../src/sdk/connection.ts';
import { respond } from '../../../../src/sdk/open-request.ts';
import { audienceOf, type HistoryEntry, type Source, writeEntry } from '../history/entry.ts';
import type { WalletStore } from '../vault/wallet-store.ts';

type ServiceSource = Extract<Source, { kind: 'service' }>;

function serviceOf({ source }: HistoryEntry): ServiceSource | undefined {
  return source.kind === 'service' ? source : undefined;
}

/**
 * Hands the proof of an entry to who asked, and keeps what was said.
 * @throws request.answered, request.cancelled, request.expired, sdk.unreachable
 */
export async function handIn(
  store: WalletStore,
  entry: HistoryEntry,
  language: Language,
  signal?: AbortSignal,
): Promise<HistoryEntry> {
  const service = serviceOf(entry);
  if (!service || !entry.presentation) return entry;
  const { responseUri, state } = service;
  const answer = await respond(
    {
      request: entry.request,
      audience: audienceOf(entry),
      origin: service.origin,
      responseUri,
      state,
    },
    entry.presentation,
    { language, signal },
  );
  const told: HistoryEntry = {
    ...entry,
    outcome: answer.verified ? 'answered' : 'refused',
    at: systemClock(),
    said: answer.text,
    reason: answer.verified ? undefined : answer.reason,
    ...(answer.redirectUri !== undefined && { redirectUri: answer.redirectUri }),
  };
  await writeEntry(store, told);
  return told;
}

/**
 * Tells who asked that there will be no answer; of one that came as a file, nobody is told.
 * @throws request.answered, request.cancelled, request.expired, sdk.unreachable
 */
export async function decline(
  store: WalletStore,
  entry: HistoryEntry,
  signal?: AbortSignal,
): Promise<HistoryEntry> {
  const service = serviceOf(entry);
  if (service) {
    const { origin, pathname, search } = new URL(service.responseUri);
    await connect({ url: origin }).call({
      ...{ method: 'POST', path: `${pathname}${search}`, signal },
      body: { error: 'access_denied', state: service.state },
    });
  }
  const told: HistoryEntry = { ...entry, outcome: 'declined', at: systemClock() };
  await writeEntry(store, told);
  return told;
}
