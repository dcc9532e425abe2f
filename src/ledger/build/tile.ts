import { type Fr, frFromBytes, frToBytes } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import {
  ARITY,
  EMPTY_LEAF,
  emptyRoots,
  inclusionProof,
  nodesAbove,
  parentLevel,
  type Siblings,
} from '../tree.ts';

/** Levels of the tree in one tile. */
const TILE_HEIGHT = 4;
/** Nodes at a tile's foot: 4^4. */
export const TILE_WIDTH = ARITY ** TILE_HEIGHT;
/** Tiles from a leaf to the root. */
export const TILE_LEVELS = 4;

/**
 * The foot of a tile: children at height `4 * level`, missing ones on the right being empty
 * subtrees. The inner nodes are computed when read.
 */
export type Tile = readonly Fr[];

/** The empty subtree a tile of this level stands on; of level 4, the empty tree of depth 16. */
export function emptyFoot(level: number, hash: Poseidon): Fr {
  const height = level * TILE_HEIGHT;
  return emptyRoots(height, hash)[height] ?? EMPTY_LEAF;
}

/** Every level of a tile, `[0]` its foot, `[4]` its root alone. */
function tileNodes(tile: Tile, foot: Fr, hash: Poseidon): Fr[][] {
  const levels: Fr[][] = [[...tile]];
  let empty = foot;
  for (let level = 0; level < TILE_HEIGHT; level++) {
    const nodes = parentLevel(levels[level] ?? [], empty, hash);
    empty = hash([empty, empty, empty, empty]);
    levels.push(nodes.length > 0 ? nodes : [empty]);
  }
  return levels;
}

/** Nodes at the tops of tiles of one level. */
export function tileRoots(tiles: readonly Tile[], foot: Fr, hash: Poseidon): Fr[] {
  return nodesAbove(tiles, TILE_HEIGHT, foot, hash);
}

/** Node at the top of a tile. */
export function tileRoot(tile: Tile, foot: Fr, hash: Poseidon): Fr {
  return tileRoots([tile], foot, hash)[0] ?? foot;
}

/** The four sibling triples from `position` at the tile's foot to its root. */
export function tileSiblings(tile: Tile, position: number, foot: Fr, hash: Poseidon): Siblings {
  const levels = tileNodes(tile, foot, hash);
  let empty = foot;
  // The shared proof pads with empty subtrees of leaves; here the foot may stand higher, so pad first.
  const padded = levels.map((nodes, level) => {
    const width = ARITY ** (TILE_HEIGHT - level);
    const full = [...nodes, ...Array<Fr>(width - nodes.length).fill(empty)];
    empty = hash([empty, empty, empty, empty]);
    return full;
  });
  return inclusionProof(padded, position, hash).siblings;
}

/** The tile with some children replaced; trailing empty ones are dropped. */
export function withChildren(tile: Tile, children: ReadonlyMap<number, Fr>, foot: Fr): Tile {
  const length = Math.max(tile.length, ...[...children.keys()].map((position) => position + 1));
  const nodes = Array.from({ length }, (_, i) => children.get(i) ?? tile[i] ?? foot);
  while (nodes.length > 0 && nodes.at(-1) === foot) nodes.pop();
  return nodes;
}

/** 32 bytes a node, big-endian. */
export function encodeTile(tile: Tile): Uint8Array {
  const bytes = new Uint8Array(tile.length * 32);
  for (const [i, node] of tile.entries()) bytes.set(frToBytes(node), i * 32);
  return bytes;
}

/** @throws core.not_canonical, core.bad_bytes */
export function decodeTile(bytes: Uint8Array): Tile {
  return Array.from({ length: Math.ceil(bytes.length / 32) }, (_, i) =>
    frFromBytes(bytes.subarray(i * 32, i * 32 + 32), 'tile node'),
  );
}
