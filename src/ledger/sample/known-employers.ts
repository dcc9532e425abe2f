import { addMonths } from '../../core/month.ts';
import { SAMPLE_END, type SampleMonth, type SamplePerson } from './person.ts';

/** What a demonstration needs to know of an invented employer, as of the sample's last month. */
export interface KnownEmployerFile {
  readonly role: 'in-good-standing' | 'in-arrears';
  readonly creditCode: string;
  /** People with a paid contribution in the last month. */
  readonly people: number;
  /** Months, up to the last one, that were paid in full without a gap. */
  readonly monthsInFull: number;
  /** Contributions owed: person × insurance × month. */
  readonly unpaidMonths: number;
}

type Standing = Omit<KnownEmployerFile, 'role'>;

/** The months a demonstration asks for. */
const ASKED_MONTHS = 12;

/**
 * The employer with the most people that owes nothing, and of those in arrears the one with the most
 * recent months in full: it falls short of nothing but the arrears. Fewer where there is none such.
 */
export function knownEmployers(people: readonly SamplePerson[]): KnownEmployerFile[] {
  const able = standings(people).filter(({ monthsInFull }) => monthsInFull >= ASKED_MONTHS);
  const best = (some: readonly Standing[], by: (one: Standing) => number) =>
    some.reduce<Standing | undefined>(
      (chosen, one) => (chosen && by(chosen) >= by(one) ? chosen : one),
      undefined,
    );
  const good = best(
    able.filter(({ unpaidMonths }) => unpaidMonths === 0),
    (one) => one.people,
  );
  const owing = best(
    able.filter(({ unpaidMonths }) => unpaidMonths > 0),
    (one) => one.monthsInFull,
  );
  return [
    ...(good ? [{ role: 'in-good-standing' as const, ...good }] : []),
    ...(owing ? [{ role: 'in-arrears' as const, ...owing }] : []),
  ];
}

/** Every employer of the sample, by credit code. */
function standings(people: readonly SamplePerson[]): Standing[] {
  const months = new Map<string, SampleMonth[]>();
  for (const month of people.flatMap((person) => person.months)) {
    if (month.employer === null) continue;
    const own = months.get(month.employer);
    if (own) own.push(month);
    else months.set(month.employer, [month]);
  }
  return [...months]
    .map(([creditCode, own]) => standingOf(creditCode, own))
    .sort((a, b) => (a.creditCode < b.creditCode ? -1 : 1));
}

function standingOf(creditCode: string, months: readonly SampleMonth[]): Standing {
  const owed = new Set(months.map(({ month }) => month));
  const owing = new Set(months.filter(({ unpaid }) => unpaid.length > 0).map(({ month }) => month));
  let first = SAMPLE_END;
  while (owed.has(first) && !owing.has(first)) first = addMonths(first, -1);
  const payers = months.filter(
    (one) => one.month === SAMPLE_END && one.unpaid.length < one.owed.length,
  );
  return {
    creditCode,
    people: payers.length,
    monthsInFull: SAMPLE_END - first,
    unpaidMonths: months.reduce((sum, { unpaid }) => sum + unpaid.length, 0),
  };
}
