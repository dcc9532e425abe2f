import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { firstIssue, frSchema } from '../../core/json.ts';
import { MONTH_BITS, toMonthIndex } from '../../core/month.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import { type NumberedTable, numberedTableNames } from '../../ledger/store/row-keys.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { unfinishedImport } from '../../ledger/store/unfinished-import.ts';
import { epochKey } from './epoch-source.ts';
import { epochLabel, type Finding, finding } from './finding.ts';
import { BLOCK_ROWS, blockDigests } from './row-digests.ts';

const FORMAT = 'canbao/audit-notes@1';
const count = z.int().min(0);
const rows = z.strictObject({
  count,
  /** SHA-256, cut to 128 bits, of each block of rows. */
  digests: z.array(z.string().regex(/^[0-9a-f]{32}$/)),
});

const schema = z.strictObject({
  format: z.literal(FORMAT),
  at: z.int().min(0),
  blockRows: z.literal(BLOCK_ROWS),
  epochs: z.array(
    z.strictObject({
      month: z
        .int()
        .min(0)
        .max(2 ** MONTH_BITS - 1)
        .transform((value) => toMonthIndex(value)),
      revision: count,
      root: frSchema,
      accountsRoot: frSchema,
      employersRoot: frSchema,
      accountCount: count,
      employerCount: count,
      recordCutoff: count,
      factsCutoff: count,
      enrolmentCutoff: count,
    }),
  ),
  tables: z.strictObject({
    person: rows,
    employer: rows,
    person_facts: rows,
    record: rows,
    enrolment: rows,
  } satisfies Record<NumberedTable, typeof rows>),
});

/**
 * What an auditor keeps of an audit, to hold the next one against. It fixes also what no root
 * commits to: whose account is whose, where a record came from, versions no epoch has seen. Digests
 * only: it tells nothing about anybody.
 */
export type AuditNotes = z.output<typeof schema>;

/** @throws audit.bad_notes */
export function decodeNotes(json: unknown): AuditNotes {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CanbaoError('audit.bad_notes', { reason: firstIssue(parsed.error) });
}

export function encodeNotes(notes: AuditNotes): z.input<typeof schema> {
  return {
    ...notes,
    epochs: notes.epochs.map(({ root, accountsRoot, employersRoot, ...epoch }) => ({
      ...epoch,
      root: String(root),
      accountsRoot: String(accountsRoot),
      employersRoot: String(employersRoot),
    })),
  };
}

/** Notes of the ledger as it is. @param at Unix seconds */
export async function takeNotes(
  db: Db,
  epochs: readonly StoredEpoch[],
  at: number,
): Promise<AuditNotes> {
  const tables: Partial<Record<NumberedTable, { count: number; digests: string[] }>> = {};
  // What an unfinished import has brought may still be undone.
  const end = (await unfinishedImport(db))?.before;
  const limits: Partial<Record<NumberedTable, number>> = end
    ? {
        ...{ person: end.accountCount, employer: end.employerCount },
        ...{ person_facts: end.factsCutoff, record: end.recordCutoff },
      }
    : {};
  for (const table of numberedTableNames) {
    const { count, digests } = await blockDigests(db, table, limits[table]);
    tables[table] = { count, digests };
  }
  return {
    format: FORMAT,
    at,
    blockRows: BLOCK_ROWS,
    epochs: epochs.map(notedEpoch),
    tables: tables as AuditNotes['tables'],
  };
}

function notedEpoch(epoch: StoredEpoch): AuditNotes['epochs'][number] {
  const { month, revision, root, accountsRoot, employersRoot, accountCount } = epoch;
  const { employerCount, recordCutoff, factsCutoff, enrolmentCutoff } = epoch;
  return {
    ...{ month, revision, root, accountsRoot, employersRoot, accountCount },
    ...{ employerCount, recordCutoff, factsCutoff, enrolmentCutoff },
  };
}

/** What is no longer as the notes have it; what came since is left alone. */
export async function checkNotes(
  db: Db,
  epochs: readonly StoredEpoch[],
  notes: AuditNotes,
): Promise<Finding[]> {
  const at = new Date(notes.at * 1000).toISOString().slice(0, 10);
  const findings = checkNotedEpochs(epochs, notes, at);
  for (const table of numberedTableNames) {
    const then = notes.tables[table];
    const now = await blockDigests(db, table, then.count);
    if (now.count < then.count) {
      const facts = { table, at, expected: then.count, actual: now.count };
      findings.push(finding('audit.rows_gone', facts));
    }
    for (const [block, digest] of then.digests.entries()) {
      if (now.digests[block] === digest) continue;
      const from = block * BLOCK_ROWS + now.first;
      const to = Math.min(then.count, (block + 1) * BLOCK_ROWS) + now.first - 1;
      findings.push(finding('audit.rows_changed', { table, from, to, at }));
    }
  }
  return findings;
}

function checkNotedEpochs(
  epochs: readonly StoredEpoch[],
  notes: AuditNotes,
  at: string,
): Finding[] {
  const present = new Map(epochs.map((epoch) => [epochKey(epoch), notedEpoch(epoch)]));
  return notes.epochs.flatMap((noted) => {
    const now = present.get(epochKey(noted));
    if (!now) {
      const other = `the audit of ${at}`;
      const facts = { epoch: epochLabel(noted), source: 'ledger', other };
      return [finding('audit.epoch_omitted', facts)];
    }
    return (Object.keys(noted) as (keyof typeof noted)[])
      .filter((field) => noted[field] !== now[field])
      .map((field) =>
        finding('audit.epoch_changed', {
          epoch: epochLabel(noted),
          ...{ field, at, actual: now[field], expected: noted[field] },
        }),
      );
  });
}
