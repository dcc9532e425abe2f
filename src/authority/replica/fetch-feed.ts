import { setTimeout } from 'node:timers/promises';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { EpochInputs } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { type FeedRow, type FeedTable, feedTables } from '../feed/feed-table.ts';
import { appendRows, lastHeld } from './append-rows.ts';
import { rowChecker } from './check-row.ts';
import type { Leader } from './leader.ts';

export interface FetchOptions {
  /** Names of the epoch in the leader's ledger, and what it saw. */
  readonly epochId: number;
  readonly inputs: EpochInputs;
  /** Nothing later is taken. */
  readonly present: MonthIndex;
  readonly signal?: AbortSignal;
  /** Rows received so far, of all tables. */
  readonly onRows?: (count: number) => void;
}

/** Rows written in one transaction. */
const ROWS_A_WRITE = 2000;
/** Attempts in a row that brought nothing. */
const MAX_ATTEMPTS = 4;
const FIRST_PAUSE_MS = 200;

/**
 * Brings the copy up to what an epoch has seen. What is held is not asked for again, and a fetch
 * that is cut short goes on from the last row it wrote.
 * @throws feed.gap, feed.row_changed, feed.bad_row, feed.short, peer.unreachable, peer.malformed
 */
export async function fetchFeed(
  store: Store,
  leader: Leader,
  options: FetchOptions,
): Promise<void> {
  let received = 0;
  const onWritten = (count: number) => {
    received += count;
    options.onRows?.(received);
  };
  for (const table of feedTables) await fetchTable(store, leader, table, options, onWritten);
}

async function fetchTable(
  store: Store,
  leader: Leader,
  table: FeedTable,
  options: FetchOptions,
  onWritten: (count: number) => void,
): Promise<void> {
  const until = table.lastKey(options.inputs);
  for (let failures = 0; ; ) {
    const last = await lastHeld(store.db, table);
    if (until !== undefined && last >= until) return;
    const cut = await fetchSome(store, leader, table, last, options, onWritten).catch(orCut);
    const cameFurther = (await lastHeld(store.db, table)) > last;
    if (cut) {
      failures = cameFurther ? 1 : failures + 1;
      if (failures === MAX_ATTEMPTS) throw cut;
      const { signal } = options;
      await setTimeout(FIRST_PAUSE_MS * 2 ** failures, undefined, signal && { signal });
    }
    if (cut || cameFurther) continue;
    if (until === undefined) return;
    throw new CanbaoError('feed.short', { table: table.name, last, expected: until });
  }
}

/** A connection that broke is tried again; anything else is not. */
function orCut(error: unknown): CanbaoError {
  if (error instanceof CanbaoError && error.code === 'peer.unreachable') return error;
  throw error;
}

/** Writes what one answer of the leader brings. */
async function fetchSome(
  store: Store,
  leader: Leader,
  table: FeedTable,
  after: number,
  { epochId, inputs, present, signal }: FetchOptions,
  onWritten: (count: number) => void,
): Promise<undefined> {
  const check = rowChecker(table, present);
  const until = table.lastKey(inputs) ?? Number.POSITIVE_INFINITY;
  let rows: FeedRow[] = [];
  const write = async () => {
    const some = rows;
    rows = [];
    await store.db.transaction().execute((trx) => appendRows(trx, table, some));
    onWritten(some.length);
  };
  try {
    for await (const row of leader.rows(epochId, table, after, signal)) {
      const checked = check(row);
      if (Number(checked[0]) > until) {
        const reason = 'the epoch does not reach it';
        const facts = { table: table.name, row: Number(checked[0]), reason };
        throw new CanbaoError('feed.bad_row', facts);
      }
      rows.push(checked);
      if (rows.length >= ROWS_A_WRITE) await write();
    }
  } finally {
    // What came before a connection broke is kept.
    if (rows.length > 0) await write();
  }
}
