import type { Fr } from '../../src/core/field.ts';
import { toFen } from '../../src/core/money.ts';
import { parseMonth, toMonthIndex } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import {
  type Account,
  accountLeaf,
  accountParts,
  type Benefits,
  type MonthEntry,
  type Profile,
} from '../../src/ledger/account.ts';
import { packCreditCode, parseCreditCode } from '../../src/ledger/employer.ts';
import {
  type EmployerAccount,
  employerLeaf,
  employerParts,
  HEAD_COUNT_MONTHS,
} from '../../src/ledger/employer-account.ts';
import { type AccountOpening, epochRoot } from '../../src/ledger/epoch.ts';
import { type Insurance, insuranceIndex, insurances } from '../../src/ledger/insurance.ts';
import { type MonthSet, monthBit } from '../../src/ledger/month-set.ts';
import type { Run } from '../../src/ledger/runs.ts';
import { rootOf } from '../../src/ledger/tree.ts';
import type { Opening } from '../../src/statements/define-statement.ts';
import type { Random } from './random.ts';

/** `["2010-01", "2012-12"]`, both included. */
export type Span = readonly [string, string];

/** An account as vectors write it: only what matters to the case. */
export interface AccountSpec {
  readonly profile?: Partial<Record<keyof Profile, number | string>>;
  readonly benefits?: Partial<Record<keyof Benefits, number | string>>;
  readonly paid?: Partial<Record<Insurance, readonly Span[]>>;
  readonly late?: Partial<Record<Insurance, readonly Span[]>>;
  readonly regionRuns?: readonly RunSpec[];
  readonly employerRuns?: readonly RunSpec[];
  /** Ledger months with their base in yuan and what was paid, `[from, to, baseYuan, insurances]`. */
  readonly months?: readonly (readonly [string, string, number, readonly Insurance[]])[];
}

export interface RunSpec {
  /** City code, or credit code. */
  readonly place: number | string;
  readonly insurances: readonly Insurance[];
  readonly months: Span;
}

/** Months as `YYYY-MM`, credit codes as 18 characters, everything else as a number. */
export function specValue(value: number | string): bigint {
  if (typeof value === 'number') return BigInt(value);
  if (/^\d{4}-\d{2}$/.test(value)) return BigInt(parseMonth(value));
  if (value.length === 18) return packCreditCode(parseCreditCode(value));
  return BigInt(value);
}

function monthSet(spans: readonly Span[] = []): MonthSet {
  let set = 0n;
  for (const [from, to] of spans) {
    for (let month = parseMonth(from); month <= parseMonth(to); month = toMonthIndex(month + 1)) {
      set |= monthBit(month);
    }
  }
  return set;
}

function runOf(spec: RunSpec): Run {
  return {
    place: specValue(spec.place),
    insuranceMask: spec.insurances.reduce((mask, name) => mask | (1 << insuranceIndex(name)), 0),
    from: parseMonth(spec.months[0]),
    to: parseMonth(spec.months[1]),
  };
}

function monthEntries([from, to, baseYuan, paid]: readonly [
  string,
  string,
  number,
  readonly Insurance[],
]): MonthEntry[] {
  const first = parseMonth(from);
  const paidMask = paid.reduce((mask, name) => mask | (1 << insuranceIndex(name)), 0);
  return Array.from({ length: parseMonth(to) - first + 1 }, (_, i) => ({
    month: toMonthIndex(first + i),
    baseFen: toFen(Math.round(baseYuan * 100)),
    paidMask,
    lateMask: 0,
    category: 0,
    region: 350203,
    employer: 1n,
  }));
}

const blankProfile: Profile = {
  birthMonth: 0n,
  sex: 0n,
  retirementCategory: 0n,
  scheme: 0n,
  identityMonth: 0n,
  deemedMonths: 0n,
  status: 0n,
  specialTradeMonths: 0n,
};
const blankBenefits: Benefits = {
  pensionSince: 0n,
  unemploymentClaimedMonths: 0n,
  lastUnemploymentClaimEnd: 0n,
  lastTermination: 0n,
  lastTerminationReason: 0n,
};

function fill<T extends Record<string, bigint>>(
  blank: T,
  spec: Partial<Record<keyof T, number | string>> = {},
): T {
  const entries = Object.entries(spec).map(([key, value]) => [
    key,
    specValue(value as number | string),
  ]);
  return { ...blank, ...Object.fromEntries(entries) } as T;
}

/** The account a spec describes. */
export function accountOf(spec: AccountSpec): Account {
  return {
    profile: fill(blankProfile, spec.profile),
    benefits: fill(blankBenefits, spec.benefits),
    coverage: insurances.map((name) => ({
      paid: monthSet(spec.paid?.[name]),
      late: monthSet(spec.late?.[name]),
    })),
    regionRuns: (spec.regionRuns ?? []).map(runOf),
    employerRuns: (spec.employerRuns ?? []).map(runOf),
    months: (spec.months ?? []).flatMap(monthEntries),
  };
}

const CITIES = [350100, 350200, 350500, 110000];
const EMPLOYERS = [1n, 2n << 60n, 31n ** 18n - 1n];

/** An account with every field anywhere in its range; runs and coverage are unrelated on purpose. */
export function randomAccount(random: Random): Account {
  const set = (): MonthSet => {
    const at = random.int(0, 767);
    const length = random.int(0, 768 - at);
    const span = ((1n << BigInt(length)) - 1n) << BigInt(at);
    return random.int(0, 3) === 0 ? random.bits(768) : span & (random.bits(768) | random.bits(768));
  };
  const runs = (places: readonly (number | bigint)[]): Run[] =>
    Array.from({ length: random.int(0, 6) }, () => {
      const from = random.int(1080, 1847);
      return {
        place: BigInt(random.pick(places)),
        insuranceMask: random.int(1, 31),
        from: toMonthIndex(from),
        to: toMonthIndex(random.int(from, 1847)),
      };
    });
  return {
    profile: {
      birthMonth: BigInt(random.int(600, 1200)),
      sex: BigInt(random.int(0, 1)),
      retirementCategory: BigInt(random.int(0, 2)),
      scheme: BigInt(random.int(0, 1)),
      identityMonth: BigInt(random.int(1, 4095)),
      deemedMonths: BigInt(random.int(0, 1) * random.int(0, 200)),
      status: BigInt(random.int(0, 7)),
      specialTradeMonths: BigInt(random.int(0, 1023)),
    },
    benefits: {
      pensionSince: BigInt(random.int(0, 4095)),
      unemploymentClaimedMonths: BigInt(random.int(0, 63)),
      lastUnemploymentClaimEnd: BigInt(random.int(0, 4095)),
      lastTermination: BigInt(random.int(0, 4095)),
      lastTerminationReason: BigInt(random.int(0, 7)),
    },
    coverage: insurances.map(() => {
      const paid = set();
      return { paid, late: paid & random.bits(768) & random.bits(768) };
    }),
    regionRuns: runs(CITIES),
    employerRuns: runs(EMPLOYERS),
    months: Array.from({ length: random.int(0, 5) }, (_, i) => ({
      month: toMonthIndex(1500 + i),
      baseFen: toFen(random.int(0, 5_000_000)),
      paidMask: random.int(0, 31),
      lateMask: random.int(0, 31),
      category: random.int(0, 7),
      region: random.pick(CITIES),
      employer: random.pick(EMPLOYERS),
    })),
  };
}

/** An employer as vectors write it. */
export interface EmployerSpec {
  readonly creditCode: string;
  readonly identityMonth?: string;
  readonly paidInFull?: readonly Span[];
  /** People in the epoch's month and the ones before it; the last one given goes on. */
  readonly headCounts?: readonly number[];
  readonly unpaidMonths?: number;
}

/** The employer a spec describes. */
export function employerOf(spec: EmployerSpec): EmployerAccount {
  const counts = spec.headCounts ?? [0];
  return {
    creditCode: specValue(spec.creditCode),
    identityMonth: parseMonth(spec.identityMonth ?? '2025-01'),
    paidInFull: monthSet(spec.paidInFull),
    headCounts: Array.from(
      { length: HEAD_COUNT_MONTHS },
      (_, i) => counts[i] ?? counts.at(-1) ?? 0,
    ),
    unpaidMonths: spec.unpaidMonths ?? 0,
  };
}

/** An employer with every field anywhere in its range. */
export function randomEmployer(random: Random): EmployerAccount {
  const at = random.int(0, 767);
  const span = ((1n << BigInt(random.int(0, 768 - at))) - 1n) << BigInt(at);
  return {
    creditCode: random.pick(EMPLOYERS),
    identityMonth: toMonthIndex(random.int(1, 4095)),
    paidInFull: random.int(0, 3) === 0 ? random.bits(768) : span,
    headCounts: Array.from({ length: HEAD_COUNT_MONTHS }, () => random.int(0, 65_535)),
    unpaidMonths: random.int(0, 1) * random.int(0, 5000),
  };
}

/** A record in a tree whose other leaves are random: as good as any ledger to a circuit. */
export function openingOf(
  record: Account,
  holderCommitment: Fr,
  epochMonth: number,
  random: Random,
  hash: Poseidon,
): AccountOpening;
export function openingOf(
  record: Account | EmployerAccount,
  holderCommitment: Fr,
  epochMonth: number,
  random: Random,
  hash: Poseidon,
): Opening;
export function openingOf(
  record: Account | EmployerAccount,
  holderCommitment: Fr,
  epochMonth: number,
  random: Random,
  hash: Poseidon,
): Opening {
  const inclusion = {
    index: random.int(0, 2 ** 32 - 1),
    siblings: Array.from({ length: 16 }, (): [Fr, Fr, Fr] => [
      random.fr(),
      random.fr(),
      random.fr(),
    ]),
  };
  const isPerson = 'profile' in record;
  const leaf = isPerson
    ? accountLeaf(accountParts(record, holderCommitment, hash), hash)
    : employerLeaf(employerParts(record, holderCommitment, hash), hash);
  const own = rootOf(leaf, inclusion, hash);
  const other = random.fr();
  const [accountsRoot, employersRoot] = isPerson ? [own, other] : [other, own];
  const month = toMonthIndex(epochMonth);
  const root = epochRoot(accountsRoot, employersRoot, month, hash);
  const shared = {
    holderCommitment,
    inclusion,
    epoch: { month, accountsRoot, employersRoot, root },
  };
  return isPerson ? { ...shared, account: record } : { ...shared, employer: record };
}
