import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';
import { type Poseidon, poseidon } from '../../src/core/poseidon.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import {
  decodeTile,
  emptyFoot,
  encodeTile,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  tileSiblings,
} from '../../src/ledger/build/tile.ts';
import { updateTiles } from '../../src/ledger/build/update-tiles.ts';
import {
  EMPTY_LEAF,
  emptyRoots,
  inclusionProof,
  rootOf,
  TREE_DEPTH,
  treeLevels,
  treeRoot,
} from '../../src/ledger/tree.ts';

let hash: Poseidon;
beforeAll(async () => {
  hash = await wasmPoseidon();
});

const arbitraryFr = fc.bigInt({ min: 0n, max: FIELD_ORDER - 1n }).map((value) => toFr(value));

describe('Poseidon in WebAssembly', () => {
  it.each([2, 3, 4, 5, 8, 12])('equals the plain one for %i inputs', (arity) => {
    const inputs = fc.array(arbitraryFr, { minLength: arity, maxLength: arity });
    fc.assert(
      fc.property(inputs, (some) => {
        expect(hash(some)).toBe(poseidon(some));
      }),
      {
        numRuns: 20,
        examples: [
          [Array<Fr>(arity).fill(toFr(0n))],
          [Array<Fr>(arity).fill(toFr(FIELD_ORDER - 1n))],
        ],
      },
    );
  });
});

/** Tiles as a store keeps them, encoded. */
function memoryTiles() {
  const tiles = new Map<string, Uint8Array>();
  const read = async (level: number, index: number): Promise<Tile> =>
    decodeTile(tiles.get(`${level}/${index}`) ?? new Uint8Array());
  async function set(leaves: ReadonlyMap<number, Fr>): Promise<Fr> {
    const update = updateTiles('accounts', read, hash);
    for (const [index, leaf] of leaves) update.setLeaf(index, leaf);
    const built = await update.finish();
    for (const tile of built.tiles) tiles.set(`${tile.level}/${tile.index}`, tile.nodes);
    return built.root;
  }
  return { read, set, tiles };
}

async function proofFrom(read: (level: number, index: number) => Promise<Tile>, index: number) {
  const siblings = [];
  let node = index;
  for (let level = 0; level < TILE_LEVELS; level++) {
    const tile = await read(level, Math.floor(node / TILE_WIDTH));
    siblings.push(...tileSiblings(tile, node % TILE_WIDTH, emptyFoot(level, hash), hash));
    node = Math.floor(node / TILE_WIDTH);
  }
  return { index, siblings };
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, i) => toFr(BigInt(i + 1)));

describe('tiles', () => {
  it.each([1, 4, 5, 255, 256, 257, 600])(
    'of %i leaves give the tree’s root and proofs',
    async (count) => {
      const leaves = leavesOf(count);
      const { read, set } = memoryTiles();
      const root = await set(new Map(leaves.entries()));
      expect(root).toBe(treeRoot(leaves, TREE_DEPTH, hash));
      const levels = treeLevels(leaves, TREE_DEPTH, hash);
      for (const index of new Set([0, 3, Math.floor(count / 2), count - 1])) {
        if (index >= count) continue;
        const proof = await proofFrom(read, index);
        expect(proof).toEqual(inclusionProof(levels, index, hash));
        expect(rootOf(leaves[index] ?? EMPTY_LEAF, proof, hash)).toBe(root);
      }
    },
  );

  it('updated leaf by leaf equal tiles made at once', async () => {
    const leaves = leavesOf(300);
    const { set } = memoryTiles();
    await set(new Map(leaves.slice(0, 100).entries()));
    await set(new Map([[7, toFr(99n)]]));
    await set(new Map([...leaves.entries()].slice(100)));
    expect(await set(new Map([[7, leaves[7] ?? EMPTY_LEAF]]))).toBe(
      treeRoot(leaves, TREE_DEPTH, hash),
    );
  });

  it('write only what changed: one tile a level', async () => {
    const { read, set } = memoryTiles();
    await set(new Map(leavesOf(600).entries()));
    const update = updateTiles('accounts', read, hash);
    update.setLeaf(300, toFr(1234n));
    const { tiles } = await update.finish();
    expect(tiles.map(({ level, index }) => [level, index])).toEqual([
      [0, 1],
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
  });

  it('without any change keep the root, and without any leaf are the empty tree', async () => {
    const { set, tiles } = memoryTiles();
    expect(await set(new Map())).toBe(emptyRoots(TREE_DEPTH, hash)[TREE_DEPTH]);
    expect(emptyFoot(TILE_LEVELS, hash)).toBe(emptyRoots(TREE_DEPTH, hash)[TREE_DEPTH]);
    const root = await set(new Map([[5, toFr(5n)]]));
    expect(await set(new Map())).toBe(root);
    expect(tiles.get('0/0')).toHaveLength(6 * 32);
  });

  it('survive encoding, and refuse bytes that are no field elements', () => {
    fc.assert(
      fc.property(fc.array(arbitraryFr, { maxLength: 20 }), (tile) => {
        expect(decodeTile(encodeTile(tile))).toEqual(tile);
      }),
    );
    expect(() => decodeTile(new Uint8Array(32).fill(0xff))).toThrow();
    expect(() => decodeTile(new Uint8Array(33))).toThrow();
  });
});
