import { sql } from 'kysely';
import type { PersonFacts } from '../record.ts';
import type { NewBatch } from './batch.ts';
import { classify, type Held, type Outcome } from './classify.ts';
import { intArray } from './columns.ts';
import { factsColumns, factsFromRow, factsToRow } from './facts-columns.ts';
import { nextId, type SeenKeys, seenKeys } from './seen-keys.ts';
import type { Db } from './tables.ts';

export interface IncomingFacts {
  readonly line: number;
  readonly accountIndex: number;
  readonly facts: PersonFacts;
}

export interface FactsWriter {
  /** In file order; outcomes in the same order. */
  write(rows: readonly IncomingFacts[]): Promise<Outcome[]>;
}

const ROWS_A_STATEMENT = 1000;

/** Writes the persons of one batch. Assumes the import lock. */
export async function openFactsWriter(trx: Db, batch: NewBatch): Promise<FactsWriter> {
  let id = await nextId(trx, 'person_facts');
  const seen = await seenKeys(trx);

  async function write(rows: readonly IncomingFacts[]): Promise<Outcome[]> {
    if (rows.length === 0) return [];
    const keyed = rows.map((row) => ({ key: row.accountIndex, content: contentOf(row.facts) }));
    const held = await effectiveFacts(trx, batch, rows, seen);
    const outcomes = classify(keyed, held, batch.source);
    await seen.add(keyed.filter((_, i) => outcomes[i]?.kind === 'unchanged').map(({ key }) => key));

    const values = [];
    for (const [i, row] of rows.entries()) {
      const outcome = outcomes[i];
      if (outcome?.kind === 'corrected') {
        await trx
          .updateTable('person_facts')
          .set({ superseded_by: id })
          .where('id', '=', outcome.supersedes)
          .execute();
      }
      if (outcome?.kind === 'added' || outcome?.kind === 'corrected') {
        values.push({
          ...factsToRow(row.facts),
          id: id++,
          account_index: row.accountIndex,
          source_id: batch.sourceId,
          batch_id: batch.id,
          line: row.line,
        });
      }
    }
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
  batch: NewBatch,
  rows: readonly IncomingFacts[],
  seen: SeenKeys,
): Promise<Map<number, Held>> {
  const accounts = [...new Set(rows.map((row) => row.accountIndex))];
  const said = new Set(await seen.among(accounts));
  const found = await trx
    .selectFrom('person_facts')
    .innerJoin('source', 'source.id', 'person_facts.source_id')
    .selectAll('person_facts')
    .select('source.name as source')
    .where('superseded_by', 'is', null)
    .where(sql<boolean>`account_index = any(${intArray(accounts, 'bigint')})`)
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
