import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { frToBytes } from '../../core/field.ts';
import { formatMonth, type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { Epoch } from '../epoch.ts';
import { builtEpochs, type EpochInputs, type StoredEpoch } from './epochs.ts';
import { ledgerEnd } from './ledger-end.ts';
import { takeLock } from './locks.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';
import { insertTiles, type NewTile } from './tiles.ts';
import { unfinishedImport } from './unfinished-import.ts';

/** An epoch being built: its row, and the built one whose tiles it starts from. */
export interface EpochDraft extends EpochInputs {
  readonly id: number;
  readonly month: MonthIndex;
  readonly base: StoredEpoch | undefined;
}

/** An epoch of another authority's ledger, as it names it: the number of the month's revision, and what it saw. */
export interface GivenEpoch {
  readonly revision: number;
  readonly inputs: EpochInputs;
}

/**
 * Opens a month's epoch and fixes what it sees. One is built at a time: the same month with the same
 * inputs takes over where a killed build left off, another discards it. Nothing of a draft was ever
 * shown.
 * @param given this one and no other, out of a copy that holds all it saw
 * @returns the epoch itself where the month is closed and no revision is asked for
 * @throws ledger.epoch_empty, ledger.month_behind, ledger.unknown_epoch, ledger.bad_transition
 */
export async function startEpoch(
  store: Store,
  month: MonthIndex,
  revise: boolean,
  given?: GivenEpoch,
): Promise<{ draft: EpochDraft } | { existing: StoredEpoch }> {
  return store.db.transaction().execute(async (trx) => {
    // All writers stand still for a moment, so that the ids seen here are all there will ever be below them.
    await takeLock(trx, 'import');
    await takeLock(trx, 'enrolment');
    await takeLock(trx, 'epoch');
    const [latest] = await builtEpochs(trx, { month, revision: given?.revision, newest: true });
    if (latest && !revise) return { existing: latest };
    const revision =
      given?.revision ??
      (revise ? await nextRevision(trx, month, latest) : await firstRevision(trx, month));
    const inputs = given?.inputs ?? (await presentInputs(trx));
    if (inputs.accountCount === 0) throw new CanbaoError('ledger.epoch_empty');
    const columns = { month, revision, ...toColumns(inputs) };
    const id = (await sameDraft(trx, columns)) ?? (await newDraft(trx, columns));
    const [base] = await builtEpochs(trx, { newest: true });
    return { draft: { ...inputs, id, month, base } };
  });
}

type DraftColumns = ReturnType<typeof toColumns> & {
  readonly month: number;
  readonly revision: number;
};

/** The draft that a killed build of the very same left behind. */
async function sameDraft(trx: Db, columns: DraftColumns): Promise<number | undefined> {
  const row = await trx
    .selectFrom('epoch')
    .select('id')
    .where((where) => where.and({ ...columns, state: 'building' }))
    .executeTakeFirst();
  return row?.id;
}

/** In the place of any other that was begun. */
async function newDraft(trx: Db, columns: DraftColumns): Promise<number> {
  await deleteDraft(trx);
  const { id } = await trx
    .insertInto('epoch')
    .values({ ...columns, state: 'building' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** What a build that did not finish left behind, if anything. Assumes the epoch lock. */
export async function deleteDraft(trx: Db): Promise<void> {
  const draft = await trx
    .selectFrom('epoch')
    .select('id')
    .where('state', '=', 'building')
    .executeTakeFirst();
  if (draft) await deleteEpoch(trx, draft.id);
}

/** With its tiles. Assumes the epoch lock, and that nobody signed it. */
export async function deleteEpoch(trx: Db, id: number): Promise<void> {
  await trx.deleteFrom('tile').where('epoch_id', '=', id).execute();
  await trx.deleteFrom('epoch').where('id', '=', id).execute();
}

/** A month is closed for the first time after all earlier ones: the registry takes them in order. */
async function firstRevision(trx: Db, month: MonthIndex): Promise<number> {
  const row = await trx
    .selectFrom('epoch')
    .select((q) => q.fn.max('month').as('latest'))
    .where('state', '!=', 'building')
    .executeTakeFirst();
  const latest = row?.latest;
  if (typeof latest === 'number' && latest > month) {
    throw new CanbaoError('ledger.month_behind', {
      month: formatMonth(month),
      latest: formatMonth(toMonthIndex(latest)),
    });
  }
  return 0;
}

/**
 * A published epoch is followed by the next revision. One that nobody signed is thrown away and
 * built again under its number; one that somebody signed must be published first, or two roots
 * of one revision could carry signatures.
 */
async function nextRevision(
  trx: Db,
  month: MonthIndex,
  latest: StoredEpoch | undefined,
): Promise<number> {
  if (!latest) throw new CanbaoError('ledger.unknown_epoch', { what: formatMonth(month) });
  if (latest.state === 'submitted' || latest.state === 'final') return latest.revision + 1;
  const signed = await isSigned(trx, latest.id);
  const [newest] = await builtEpochs(trx, { newest: true });
  if (latest.state !== 'built' || signed || newest?.id !== latest.id) {
    throw new CanbaoError('ledger.bad_transition', { from: latest.state, to: 'building' });
  }
  await deleteEpoch(trx, latest.id);
  return latest.revision;
}

/** Whether any authority has signed an epoch. */
export async function isSigned(db: Db, id: number): Promise<boolean> {
  const signature = await db
    .selectFrom('epoch_signature')
    .select('authority')
    .where('epoch_id', '=', id)
    .executeTakeFirst();
  return signature !== undefined;
}

/** What there is, without what an unfinished import has brought: an epoch never sees half a file. */
async function presentInputs(trx: Db): Promise<EpochInputs> {
  const unfinished = await unfinishedImport(trx);
  const { latest } = await trx
    .selectFrom('enrolment')
    .select(sql<number>`coalesce(max(id), 0)`.as('latest'))
    .executeTakeFirstOrThrow();
  return { ...(unfinished?.before ?? (await ledgerEnd(trx))), enrolmentCutoff: latest };
}

function toColumns(inputs: EpochInputs) {
  return {
    account_count: inputs.accountCount,
    employer_count: inputs.employerCount,
    record_cutoff: inputs.recordCutoff,
    facts_cutoff: inputs.factsCutoff,
    enrolment_cutoff: inputs.enrolmentCutoff,
  };
}

/**
 * Stores the upper tiles and the root, all at once: with them the epoch shows. A revision that
 * changes nothing is dropped, and the epoch it would repeat returned: the chain knows an epoch by its
 * root.
 * @throws ledger.epoch_conflict if another operator has discarded the draft meanwhile,
 * ledger.root_repeats if the month is again what an older revision was
 */
export async function finishEpoch(
  store: Store,
  draft: EpochDraft,
  built: Epoch & { readonly changedAccounts: number; readonly changedEmployers: number },
  tiles: readonly NewTile[],
): Promise<StoredEpoch> {
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'epoch');
    const row = await trx
      .selectFrom('epoch')
      .select('state')
      .where('id', '=', draft.id)
      .executeTakeFirst();
    if (!row) throw new CanbaoError('ledger.epoch_conflict');
    if (row.state !== 'building') {
      const [finished] = await builtEpochs(trx, { id: draft.id });
      if (finished) return finished;
    }
    const repeated = await repeatedEpoch(trx, built);
    if (repeated) {
      await deleteEpoch(trx, draft.id);
      return repeated;
    }
    await insertTiles(trx, draft.id, tiles);
    await trx
      .updateTable('epoch')
      .set({
        state: 'built',
        built_at: sql<Date>`now()`,
        changed_accounts: built.changedAccounts,
        changed_employers: built.changedEmployers,
        accounts_root: frToBytes(built.accountsRoot),
        employers_root: frToBytes(built.employersRoot),
        root: frToBytes(built.root),
      })
      .where('id', '=', draft.id)
      .execute();
    const [epoch] = await builtEpochs(trx, { id: draft.id });
    if (!epoch) throw new CanbaoError('core.internal', { what: 'epoch' });
    return epoch;
  });
}

async function repeatedEpoch(trx: Db, { month, root }: Epoch): Promise<StoredEpoch | undefined> {
  const revisions = await builtEpochs(trx, { month });
  const same = revisions.find((epoch) => epoch.root === root);
  if (same && same.id !== revisions.at(-1)?.id) {
    const { revision } = same;
    throw new CanbaoError('ledger.root_repeats', { month: formatMonth(month), revision });
  }
  return same;
}
