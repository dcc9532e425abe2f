import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toFr } from '../../../src/core/field.ts';
import { addMonths, type MonthIndex } from '../../../src/core/month.ts';
import { parseCreditCode } from '../../../src/ledger/employer.ts';
import { importFile } from '../../../src/ledger/import/import-file.ts';
import { type Mapping, parseMapping } from '../../../src/ledger/import/mapping.ts';
import { enrolEmployer } from '../../../src/ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../../src/ledger/store/enrol-holder.ts';
import type { Store } from '../../../src/ledger/store/open-store.ts';
import { longMapping, pepper, withFolder } from '../../../test/ledger/stores.ts';
import {
  contributionLine,
  contributionsHeader,
  FIRST_MONTH,
  type InventedLedger,
  personsHeader,
} from './invented-ledger.ts';

const personsMapping = parseMapping({
  format: 'canbao/mapping/v1',
  source: 'alpha',
  kind: 'persons',
  encoding: 'utf8',
  person: { column: 'id' },
  sex: { column: 'sex', codes: { 1: 'male', 2: 'female' } },
  birth: { column: 'birth', form: 'YYYYMMDD' },
  retirementCategory: { column: 'category', codes: { 1: 'men60', 2: 'women55', 3: 'women50' } },
  scheme: { column: 'scheme', codes: { 1: 'employees', 2: 'residents' } },
  status: { column: 'status', codes: { 1: 'contributing', 3: 'retired' } },
  deemedMonths: { column: 'deemed' },
  pensionSince: { column: 'pension', form: 'YYYY-MM' },
});

/** Closes a month, or corrects one. */
export type Close = (month: MonthIndex, revise?: boolean) => Promise<unknown>;

/**
 * Six closings as they come in a bureau's year: three months, a late correction of the first, a
 * month after it, and a correction of that. People join, enrol keys and are corrected in between, and
 * one row is refused.
 */
export async function buildLedger(
  store: Store,
  ledger: InventedLedger,
  close: Close,
): Promise<void> {
  const { people, employers, random } = ledger;
  const month = (count: number) => addMonths(FIRST_MONTH, count);
  const write = (mapping: Mapping, header: string, lines: readonly string[]) =>
    withFolder(async (folder) => {
      const file = join(folder, 'export.csv');
      await writeFile(file, `${[header, ...lines].join('\n')}\n`);
      await importFile(store, { file, mapping, pepper, present: month(12) });
    });
  const contributions = (lines: readonly string[]) =>
    write(longMapping(), contributionsHeader, lines);
  const persons = (lines: readonly string[]) => write(personsMapping, personsHeader, lines);
  const owed = (count: number) => ledger.contributions(month(count)).map(contributionLine);
  /** Rows of a month again with another base, or at last paid. */
  const corrected = (count: number, share: number) =>
    ledger
      .contributions(month(count))
      .filter(() => random.chance(share))
      .map((row) => contributionLine({ ...row, base: row.base + random.int(1, 500), paid: true }));
  let keys = 0;
  const enrol = async (share: number) => {
    for (const { id: idNumber, from } of people) {
      if (from > FIRST_MONTH || !random.chance(share)) continue;
      const commitment = toFr(BigInt(1_000_000 + ++keys));
      await enrolHolder(store, { idNumber, pepper, commitment, identityMonth: month(1) });
    }
    const creditCode = parseCreditCode(random.pick(employers.slice(0, 3)));
    const commitment = toFr(BigInt(2_000_000 + ++keys));
    await enrolEmployer(store, { creditCode, commitment, identityMonth: month(1) });
  };

  await persons(people.map(({ row }) => row));
  await contributions([...owed(0), ...owed(1), 'nobody,2026-02,,1,350203,,e,p,n']);
  await enrol(0.1);
  await close(month(1));
  await contributions([...owed(2), ...corrected(0, 0.05)]);
  await close(month(2));
  await persons(people.filter(() => random.chance(0.1)).map(({ row }) => later(row)));
  await contributions([...owed(3), ...corrected(1, 0.05)]);
  await enrol(0.06);
  await close(month(3));
  await close(month(1), true);
  await contributions(owed(4));
  await close(month(4));
  await contributions([...corrected(4, 0.08), ...corrected(2, 0.03)]);
  await enrol(0.03);
  await close(month(4), true);
}

/** The same person, who has retired since. */
function later(row: string): string {
  const cells = row.split(',');
  return [...cells.slice(0, 5), '3', cells[6], '2026-04'].join(',');
}
