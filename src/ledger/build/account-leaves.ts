import { type Fr, toFr } from '../../core/field.ts';
import { hashMany } from '../../core/hash-many.ts';
import { packWord } from '../../core/packed-word.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import {
  type Account,
  accountMessage,
  benefitsLayout,
  coverageMessage,
  monthWord,
  profileLayout,
} from '../account.ts';
import { insurances } from '../insurance.ts';
import { COVERAGE_WORDS } from '../month-set.ts';
import { RUNS_DEPTH, type Run, type RunKind, runMessage } from '../runs.ts';
import { splitBy, treeRoots } from '../tree.ts';

export interface HeldAccount {
  readonly account: Account;
  readonly holderCommitment: Fr;
}

/**
 * Leaves of many accounts: `accountLeaf(accountParts(…))` of each, where all accounts' hashes of one
 * kind are taken together.
 * @throws ledger.tree_full, core.out_of_range
 */
export function accountLeaves(held: readonly HeldAccount[], hash: Poseidon): Fr[] {
  const accounts = held.map(({ account }) => account);
  const coverage = coverageHashes(accounts, hash);
  const regionRunsRoots = runsRoots('region', accounts, hash);
  const employerRunsRoots = runsRoots('employer', accounts, hash);
  const heads = ledgerHeads(accounts, hash);
  const messages = held.flatMap(({ account, holderCommitment }, i) =>
    accountMessage({
      holderCommitment,
      profile: packWord(profileLayout, account.profile),
      benefits: packWord(benefitsLayout, account.benefits),
      coverage: coverage[i] ?? [],
      regionRunsRoot: at(regionRunsRoots, i),
      employerRunsRoot: at(employerRunsRoots, i),
      ledgerHead: at(heads, i),
    }),
  );
  return hashMany(messages, ACCOUNT_INPUTS, hash);
}

/** TAG_ACCOUNT, five words and hashes, the coverages and the head. */
const ACCOUNT_INPUTS = 7 + insurances.length;

/** Whoever pays for several insurances pays for them in the same months, mostly. */
function coverageHashes(accounts: readonly Account[], hash: Poseidon): Fr[][] {
  if (accounts.some(({ coverage }) => coverage.length !== insurances.length)) {
    throw new RangeError(`an account’s coverage is not of ${insurances.length} insurances`);
  }
  const hashes = eachOnce(
    accounts.flatMap(({ coverage }) => coverage),
    ({ paid, late }) => `${paid.toString(36)}/${late.toString(36)}`,
    (distinct) => hashMany(distinct.flatMap(coverageMessage), 2 * COVERAGE_WORDS, hash),
  );
  return splitBy(
    hashes,
    accounts.map(({ coverage }) => coverage.length),
  );
}

/** Neighbours and colleagues have the same runs. */
function runsRoots(kind: RunKind, accounts: readonly Account[], hash: Poseidon): Fr[] {
  return eachOnce(
    accounts.map((account) => (kind === 'region' ? account.regionRuns : account.employerRuns)),
    (runs) =>
      runs.map((run) => `${run.place}/${run.insuranceMask}/${run.from}/${run.to}`).join(' '),
    (distinct) => distinctRunsRoots(kind, distinct, hash),
  );
}

function distinctRunsRoots(kind: RunKind, runs: readonly (readonly Run[])[], hash: Poseidon): Fr[] {
  const messages = runs.flatMap((some) => some.flatMap((run) => runMessage(kind, run)));
  const leaves = splitBy(
    hashMany(messages, 3, hash),
    runs.map(({ length }) => length),
  );
  return treeRoots(leaves, RUNS_DEPTH, hash);
}

/** Hashes of values, equal ones (by `keyOf`) together. */
function eachOnce<T>(
  values: readonly T[],
  keyOf: (value: T) => string,
  hashAll: (distinct: readonly T[]) => readonly Fr[],
): Fr[] {
  const places = new Map<string, number>();
  const distinct: T[] = [];
  const placeOf = values.map((value) => {
    const key = keyOf(value);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, distinct.length);
    return distinct.push(value) - 1;
  });
  const hashes = hashAll(distinct);
  return placeOf.map((place) => at(hashes, place));
}

/** The chains of all accounts, a month of each at a time. */
function ledgerHeads(accounts: readonly Account[], hash: Poseidon): Fr[] {
  const heads = accounts.map(() => toFr(0n));
  const longest = Math.max(0, ...accounts.map(({ months }) => months.length));
  for (let month = 0; month < longest; month++) {
    const going: number[] = [];
    const messages: Fr[] = [];
    for (const [i, { months }] of accounts.entries()) {
      const entry = months[month];
      if (!entry) continue;
      going.push(i);
      messages.push(at(heads, i), monthWord(entry));
    }
    for (const [k, head] of hashMany(messages, 2, hash).entries()) heads[going[k] ?? 0] = head;
  }
  return heads;
}

function at(values: readonly Fr[], i: number): Fr {
  const value = values[i];
  if (value === undefined) throw new RangeError(`there is no element ${i}`);
  return value;
}
