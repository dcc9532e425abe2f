import { sql } from 'kysely';
import type { PersonFacts } from '../record.ts';
import { classify, type Held, type Outcome } from './classify.ts';
import { intArray } from './columns.ts';
import { factsColumns, factsFromRow, factsToRow } from './facts-columns.ts';
import { ledgerEnd } from './ledger-end.ts';
import { type SeenKeys, seenKeys } from './seen-keys.ts';
import { supersede } from './supersede.ts';
import type { Db } from './tables.ts';
import type { UnfinishedImport } from './unfinished-import.ts';

export interface IncomingFacts {
  readonly line: number;
  readonly accountIndex: number;
  readonly facts: PersonFacts;
}

export interface FactsWriter {
  /** In file order; outcomes in the same order. */
  write(trx: Db, rows: readonly IncomingFacts[]): Promise<Outcome[]>;
}

const ROWS_A_STATEMENT = 1000;

/** Writes the persons of one import. Assumes the import lock. */
export async function openFactsWriter(trx: Db, batch: UnfinishedImport): Promise<FactsWriter> {
  let id = (await ledgerEnd(trx)).factsCutoff + 1;
  const seen = await seenKeys(trx);

  async function write(trx: Db, rows: readonly IncomingFacts[]): Promise<Outcome[]> {
    if (rows.length === 0) return [];
    const keys = rows.map((row) => row.accountIndex);
    const held = await effectiveFacts(trx, batch, rows, seen);
    const contents = rows.map(({ facts }) => contentOf(facts));
    const outcomes = classify(keys, (i) => contents[i] ?? '', held, batch.source);
    await seen.add(
      trx,
      keys.filter((_, i) => outcomes[i]?.kind === 'unchanged'),
    );

    const values = [];
    const superseded: number[] = [];
    const superseding: number[] = [];
    for (const [i, { accountIndex, facts, line }] of rows.entries()) {
      const outcome = outcomes[i];
      if (outcome?.kind !== 'added' && outcome?.kind !== 'corrected') continue;
      if (outcome.kind === 'corrected') {
        superseded.push(outcome.supersedes);
        superseding.push(id);
      }
      values.push({
        ...factsToRow(facts),
        ...{ id: id++, account_index: accountIndex, line },
        ...{ source_id: batch.sourceId, batch_id: batch.id },
      });
    }
    await supersede(trx, 'person_facts', superseded, superseding);
    for (let i = 0; i < values.length; i += ROWS_A_STATEMENT) {
      await trx
        .insertInto('person_facts')
        .values(values.slice(i, i + ROWS_A_STATEMENT))
        .execute();
    }
    return outcomes;
  }

  return { write };
}

function contentOf(facts: PersonFacts): string {
  return Object.keys(factsColumns)
    .map((name) => facts[name as keyof PersonFacts])
    .join('|');
}

async function effectiveFacts(
  trx: Db,
  batch: UnfinishedImport,
  rows: readonly IncomingFacts[],
  seen: SeenKeys,
): Promise<Map<number, Held>> {
  const accounts = [...new Set(rows.map((row) => row.accountIndex))];
  const said = new Set(await seen.among(trx, accounts));
  const found = await trx
    .selectFrom('person_facts')
    .innerJoin('source', 'source.id', 'person_facts.source_id')
    .selectAll('person_facts')
    .select('source.name as source')
    .where('superseded_by', 'is', null)
    .where(sql<boolean>`account_index in (select unnest(${intArray(accounts, 'bigint')}))`)
    .execute();
  return new Map(
    found.map((row) => [
      row.account_index,
      {
        id: row.id,
        content: contentOf(factsFromRow(row)),
        source: row.source,
        thisFile: row.batch_id === batch.id || said.has(row.account_index),
      },
    ]),
  );
}
