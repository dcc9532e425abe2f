import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseYuan } from '../../core/money.ts';
import type { MonthIndex } from '../../core/month.ts';
import { type CreditCode, parseCreditCode } from '../employer.ts';
import { type Insurance, insuranceIndex, insurances } from '../insurance.ts';
import { type ContributionRecord, categories } from '../record.ts';
import { parseRegion, type Region } from '../region.ts';
import type { ContributionsMapping } from './mapping.ts';
import {
  type Cells,
  FieldFault,
  ledgerMonth,
  pastMonth,
  type Refusal,
  readCoded,
  readOptional,
  readRequired,
} from './read-field.ts';

type Shared = Omit<ContributionRecord, 'insurance' | 'paid'>;

/**
 * The records of one row: one in the long form, up to five in the wide one, where a bad status
 * costs its own insurance and not its neighbours.
 * @throws FieldFault where no record of the row can be read
 */
export function normaliseContribution(
  mapping: ContributionsMapping,
  cells: Cells,
  present: MonthIndex,
): { records: ContributionRecord[]; refusals: Refusal[] } {
  const shared = readShared(mapping, cells, present);
  const records: ContributionRecord[] = [];
  const refusals: Refusal[] = [];
  for (const read of insuranceReaders(mapping, cells)) {
    try {
      const found = read();
      if (found) records.push(record(mapping, shared, found.insurance, found.paid));
    } catch (error) {
      if (!(error instanceof FieldFault)) throw error;
      refusals.push(error);
    }
  }
  if (records.length === 0 && refusals.length === 0) {
    refusals.push({ field: '', error: new CanbaoError('ledger.missing_value') });
  }
  return { records, refusals };
}

function readShared(mapping: ContributionsMapping, cells: Cells, present: MonthIndex): Shared {
  const month = readRequired(cells, mapping.month.column, (text) =>
    ledgerMonth(text, mapping.month.form, present),
  );
  const settled = readOptional(cells, mapping.settled, (text) =>
    pastMonth(text, mapping.settled.form, present),
  );
  const baseFen = readRequired(cells, mapping.base.column, parseYuan);
  const region = readRegion(mapping.region, cells);
  const employer = readOptional(cells, mapping.employer, parseCreditCode);
  const category = categories.indexOf(readCoded(cells, mapping.category));
  requireEmployer(mapping, category, employer);
  // Somebody without an employer is nobody's staff, whatever the column says.
  const employed = category === categories.indexOf('employee');
  return { month, settled, baseFen, region, employer: employed ? employer : null, category };
}

function readRegion(spec: ContributionsMapping['region'], cells: Cells): Region {
  if ('constant' in spec) return parseRegion(spec.constant);
  const { column, codes } = spec;
  if (codes) return parseRegion(readCoded(cells, { column, codes }));
  return readRequired(cells, column, parseRegion);
}

function requireEmployer(
  mapping: ContributionsMapping,
  category: number,
  employer: CreditCode | null,
): void {
  if (category === categories.indexOf('employee') && employer === null) {
    throw new FieldFault(mapping.employer.column, new CanbaoError('ledger.missing_value'));
  }
}

type InsuranceReader = () => { insurance: Insurance; paid: boolean } | undefined;

function insuranceReaders(mapping: ContributionsMapping, cells: Cells): InsuranceReader[] {
  const form = mapping.insurance;
  if (form.form === 'long') {
    return [
      () => ({ insurance: readCoded(cells, form), paid: readCoded(cells, form.paid) === 'paid' }),
    ];
  }
  return insurances.flatMap((insurance) => {
    const column = form.columns[insurance];
    if (column === undefined) return [];
    return [
      () => {
        const status = readCoded(cells, { column, codes: form.codes });
        return status === 'absent' ? undefined : { insurance, paid: status === 'paid' };
      },
    ];
  });
}

function record(
  mapping: ContributionsMapping,
  shared: Shared,
  insurance: Insurance,
  paid: boolean,
): ContributionRecord {
  if (paid && shared.settled === null) {
    throw new FieldFault(mapping.settled.column, new CanbaoError('ledger.missing_value'));
  }
  // A wide row has one settled month for all: it says nothing of an insurance that is unpaid.
  const settled = paid ? shared.settled : null;
  return { ...shared, settled, insurance: insuranceIndex(insurance), paid };
}

/** A mapping that fixes the region must fix a real one. @throws ledger.bad_region */
export function checkConstants(mapping: ContributionsMapping): void {
  if ('constant' in mapping.region) parseRegion(mapping.region.constant);
  else for (const region of Object.values(mapping.region.codes ?? {})) parseRegion(region);
}
