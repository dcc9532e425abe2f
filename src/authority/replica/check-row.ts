import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { firstIssue } from '../../core/json.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { FeedRow, FeedTable } from '../feed/feed-table.ts';

/** Checks one row as it came. @throws feed.bad_row, which never quotes the row */
export type CheckRow = (row: unknown) => FeedRow;

/**
 * What a row must be for the ledger to take it: cells of the table's columns in their ranges, and
 * nothing owed, settled or enrolled after the present month.
 */
export function rowChecker(table: FeedTable, present: MonthIndex): CheckRow {
  const [first, ...rest] = table.columns.map(({ schema }) => schema);
  if (!first) throw new TypeError('a table without columns');
  const schema = z.tuple([first, ...rest]);
  const names = table.columns.map(({ name }) => name);
  const months = ['month', 'settled', 'identity_month'].map((name) => names.indexOf(name));
  const isPaid = names.indexOf('paid');
  const settled = names.indexOf('settled');

  return (row) => {
    const refuse = (reason: string) => {
      const key = Array.isArray(row) && Number.isSafeInteger(row[0]) ? row[0] : '?';
      return new CanbaoError('feed.bad_row', { table: table.name, row: key, reason });
    };
    const read = schema.safeParse(row);
    if (!read.success) {
      const [issue] = read.error.issues;
      const name = names[Number(issue?.path[0])];
      throw refuse(name === undefined ? firstIssue(read.error) : `${name} is out of its range`);
    }
    const cells: FeedRow = read.data;
    if (months.some((at) => at >= 0 && Number(cells[at] ?? 0) > present)) {
      throw refuse('a month lies after the present one');
    }
    if (isPaid >= 0 && cells[isPaid] === true && cells[settled] === null) {
      throw refuse('paid, and settled in no month');
    }
    return cells;
  };
}
