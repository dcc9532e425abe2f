import { beforeAll, describe, expect, it } from 'vitest';
import { toFr } from '../../src/core/field.ts';
import { toFen } from '../../src/core/money.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import { type Poseidon, poseidon } from '../../src/core/poseidon.ts';
import { accountLeaf, accountParts } from '../../src/ledger/account.ts';
import { accountLeaves } from '../../src/ledger/build/account-leaves.ts';
import { buildAccount } from '../../src/ledger/build/build-account.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { unknownFacts } from '../../src/ledger/record.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import { treeRoot, treeRoots } from '../../src/ledger/tree.ts';
import { employers } from './stores.ts';

let fast: Poseidon;
beforeAll(async () => {
  fast = await wasmPoseidon();
});

const start = parseMonth('2020-01');
const regions = ['350203', '350102'].map(parseRegion);

/** A month paid in each of `paid`, a new place every `stay` months. */
function accountOf(paid: number, stay: number) {
  const records = Array.from({ length: paid }, (_, i) => {
    const month = addMonths(start, i);
    const turn = Math.floor(i / stay) % 2;
    const employer = employers[turn] ? parseCreditCode(employers[turn]) : null;
    const region = regions[turn] ?? parseRegion('350203');
    const amounts = { baseFen: toFen(500_000 + i), category: 0, insurance: i % 5 };
    return { ...amounts, month, settled: month, region, employer, paid: true };
  });
  const facts = { ...unknownFacts, birthMonth: 900 + paid };
  return buildAccount({ records, facts, identityMonth: 0 }, addMonths(start, 100));
}

describe('leaves of many accounts', () => {
  it.each(['fast', 'plain'] as const)('equal those of each, with the %s hash', (which) => {
    const hash = which === 'fast' ? fast : poseidon;
    const held = [
      [0, 1],
      [1, 1],
      [7, 2],
      [40, 3],
      [40, 40],
      [3, 1],
      [80, 1],
    ].map(([paid = 0, stay = 1], i) => ({
      account: accountOf(paid, stay),
      holderCommitment: toFr(BigInt(1000 + i)),
    }));
    expect(accountLeaves(held, hash)).toEqual(
      held.map(({ account, holderCommitment }) =>
        accountLeaf(accountParts(account, holderCommitment, poseidon), poseidon),
      ),
    );
    expect(accountLeaves([], hash)).toEqual([]);
  });

  it('refuse an account without all its coverages', () => {
    const account = { ...accountOf(2, 1), coverage: accountOf(2, 1).coverage.slice(1) };
    const held = { account, holderCommitment: toFr(1n) };
    expect(() => accountLeaves([held], fast)).toThrow(RangeError);
  });
});

describe('roots of many trees', () => {
  const trees = [0, 1, 3, 4, 5, 16, 17, 63, 64].map((size) =>
    Array.from({ length: size }, (_, i) => toFr(BigInt(100 * size + i))),
  );

  it('equal those of each', () => {
    expect(treeRoots(trees, 3, fast)).toEqual(trees.map((leaves) => treeRoot(leaves, 3, poseidon)));
    expect(treeRoots([], 3, fast)).toEqual([]);
  });

  it('refuse a tree with more leaves than places', () => {
    expect(() => treeRoots([[toFr(1n)], [...(trees.at(-1) ?? []), toFr(1n)]], 3, fast)).toThrow(
      expect.objectContaining({ code: 'ledger.tree_full' }),
    );
  });
});
