import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { firstDifference, type TileReader } from '../../src/authority/replica/first-difference.ts';
import { toFr } from '../../src/core/field.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { decodeTile, type Tile } from '../../src/ledger/build/tile.ts';
import { updateTiles } from '../../src/ledger/build/update-tiles.ts';
import type { TileAddress, TreeName } from '../../src/ledger/store/tiles.ts';

let hash: Poseidon;
beforeAll(async () => {
  hash = await wasmPoseidon();
});

type Leaves = ReadonlyMap<number, bigint>;
const nameOf = ({ tree, level, index }: TileAddress) => `${tree}/${level}/${index}`;

/** Tiles over leaves anywhere in the trees, 0 being an empty place. */
async function tilesOf(trees: Record<TreeName, Leaves>): Promise<Map<string, Tile>> {
  const held = new Map<string, Tile>();
  for (const tree of ['accounts', 'employers'] as const) {
    const update = updateTiles(tree, async () => [], hash);
    for (const [index, leaf] of trees[tree]) update.setLeaf(index, toFr(leaf));
    for (const tile of (await update.finish()).tiles)
      held.set(nameOf(tile), decodeTile(tile.nodes));
  }
  return held;
}

const readerOf =
  (held: ReadonlyMap<string, Tile>): TileReader =>
  async (address) =>
    held.get(nameOf(address)) ?? [];
const compare = async (ours: Record<TreeName, Leaves>, theirs: Record<TreeName, Leaves>) =>
  firstDifference(readerOf(await tilesOf(ours)), readerOf(await tilesOf(theirs)), hash);

/** The same by looking at every leaf. */
function expected(ours: Record<TreeName, Leaves>, theirs: Record<TreeName, Leaves>) {
  for (const tree of ['accounts', 'employers'] as const) {
    const places = new Set([...ours[tree].keys(), ...theirs[tree].keys()]);
    const differing = [...places].filter(
      (place) => (ours[tree].get(place) ?? 0n) !== (theirs[tree].get(place) ?? 0n),
    );
    if (differing.length > 0) {
      const first = Math.min(...differing);
      return { tree, first, last: first };
    }
  }
  return undefined;
}

const place = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.constantFrom(255, 256, 65_535, 65_536, 2 ** 32 - 1),
  fc.integer({ min: 0, max: 2 ** 32 - 1 }),
);
const leaves = fc
  .array(fc.tuple(place, fc.bigInt({ min: 0n, max: 3n })), { maxLength: 6 })
  .map((entries): Leaves => new Map(entries));
const trees = fc.record({ accounts: leaves, employers: leaves });

it('is the first leaf that differs, wherever the trees part', async () => {
  await fc.assert(
    fc.asyncProperty(trees, trees, fc.boolean(), async (ours, other, sharesAccounts) => {
      const theirs = sharesAccounts ? { ...other, accounts: ours.accounts } : other;
      const { difference } = await compare(ours, theirs);
      expect(difference).toEqual(expected(ours, theirs));
    }),
    { numRuns: 30 },
  );
});

it('takes four tiles of each in the accounts, one more in the employers', async () => {
  const one = { accounts: new Map([[70_000, 5n]]), employers: new Map([[3, 7n]]) };
  const other = { ...one, accounts: new Map([[70_000, 6n]]) };
  const third = { ...one, employers: new Map([[3, 8n]]) };
  expect((await compare(one, other)).tiles).toBe(4);
  expect((await compare(one, third)).tiles).toBe(5);
  expect(await compare(one, one)).toEqual({ tiles: 2 });
});

it('names the leaves under a node that differs though its tile does not', async () => {
  const one = { accounts: new Map([[70_000, 5n]]), employers: new Map() };
  const honest = await tilesOf(one);
  // Changed from the second level up, over leaves that are the same.
  const lying = new Map(honest);
  for (const [name, at] of [
    ['accounts/1/1', 17],
    ['accounts/2/0', 1],
    ['accounts/3/0', 0],
  ] as const) {
    lying.set(name, honest.get(name)?.with(at, toFr(9n)) ?? []);
  }
  const { difference } = await firstDifference(readerOf(honest), readerOf(lying), hash);
  const first = 65_536 + 17 * 256;
  expect(difference).toEqual({ tree: 'accounts', first, last: first + 255 });
});
