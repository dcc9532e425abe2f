import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import type { NewTile } from '../store/tiles.ts';
import { EMPTY_LEAF } from '../tree.ts';
import {
  emptyFoot,
  encodeTile,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  tileRoot,
  withChildren,
} from './tile.ts';

/** Children of one tile by position, keyed by the tile's index. */
type Changes = Map<number, Map<number, Fr>>;

/** Collects changed leaves and carries them up, tile by tile. */
export interface TileUpdate {
  /** A changed leaf. */
  setLeaf(index: number, leaf: Fr): void;
  /** The root of a tile of leaves that was made elsewhere. */
  setRoot(tile: number, root: Fr): void;
  /** The tiles that changed, and the root of the tree. */
  finish(): Promise<{ readonly tiles: NewTile[]; readonly root: Fr }>;
}

/**
 * @param before the tile before the update; empty where there is none
 */
export function updateTiles(
  tree: NewTile['tree'],
  before: (level: number, index: number) => Promise<Tile>,
  hash: Poseidon,
): TileUpdate {
  const feet = Array.from({ length: TILE_LEVELS }, (_, level) => emptyFoot(level, hash));
  const leaves: Changes = new Map();
  const roots: Changes = new Map();

  async function raise(level: number, changes: Changes, tiles: NewTile[]): Promise<Changes> {
    const foot = feet[level] ?? EMPTY_LEAF;
    const above: Changes = level === 0 ? roots : new Map();
    for (const [index, children] of changes) {
      const tile = withChildren(await before(level, index), children, foot);
      tiles.push({ tree, level, index, nodes: encodeTile(tile) });
      setChild(above, index, tileRoot(tile, foot, hash));
    }
    return above;
  }

  async function finish() {
    const tiles: NewTile[] = [];
    let changes = leaves;
    for (let level = 0; level < TILE_LEVELS; level++) changes = await raise(level, changes, tiles);
    const root = changes.get(0)?.get(0) ?? (await unchangedRoot());
    return { tiles, root };
  }

  async function unchangedRoot(): Promise<Fr> {
    const top = TILE_LEVELS - 1;
    return tileRoot(await before(top, 0), feet[top] ?? EMPTY_LEAF, hash);
  }

  return {
    setLeaf: (index, leaf) => setChild(leaves, index, leaf),
    setRoot: (tile, root) => setChild(roots, tile, root),
    finish,
  };
}

function setChild(changes: Changes, child: number, node: Fr): void {
  const index = Math.floor(child / TILE_WIDTH);
  const children = changes.get(index) ?? new Map<number, Fr>();
  children.set(child % TILE_WIDTH, node);
  changes.set(index, children);
}
