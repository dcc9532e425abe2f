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
import { RUNS_DEPTH, type RunKind, runMessage } from '../runs.ts';
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

function coverageHashes(accounts: readonly Account[], hash: Poseidon): Fr[][] {
  if (accounts.some(({ coverage }) => coverage.length !== insurances.length)) {
    throw new RangeError(`an account’s coverage is not of ${insurances.length} insurances`);
  }
  const messages = accounts.flatMap(({ coverage }) => coverage.flatMap(coverageMessage));
  return splitBy(
    hashMany(messages, 2 * COVERAGE_WORDS, hash),
    accounts.map(({ coverage }) => coverage.length),
  );
}

function runsRoots(kind: RunKind, accounts: readonly Account[], hash: Poseidon): Fr[] {
  const runs = accounts.map((account) =>
    kind === 'region' ? account.regionRuns : account.employerRuns,
  );
  const messages = runs.flatMap((some) => some.flatMap((run) => runMessage(kind, run)));
  const leaves = splitBy(
    hashMany(messages, 3, hash),
    runs.map(({ length }) => length),
  );
  return treeRoots(leaves, RUNS_DEPTH, hash);
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
