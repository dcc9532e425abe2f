import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { ledgerTrees } from '../../ledger/build/ledger-trees.ts';
import {
  decodeTile,
  emptyFoot,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  tileRoot,
} from '../../ledger/build/tile.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { readTile, type TreeName } from '../../ledger/store/tiles.ts';
import { MAX_TOLD } from './check-rows.ts';
import { epochLabel, type Finding, finding } from './finding.ts';
import { foldTiles } from './fold-tiles.ts';
import { rebuiltLeaves } from './rebuilt-leaves.ts';
import { type TileRow, tileRow } from './tile-rows.ts';

/** A tree of an epoch, rebuilt. */
export interface TreeCheck {
  readonly root: Fr;
  readonly findings: Finding[];
}

export interface TreeCheckOptions {
  /** Leaves there can be: an epoch that claims more is not followed there. */
  readonly places: number;
  readonly hash: Poseidon;
  /** Tile rows that were told already: an epoch shares them with those after it. */
  readonly told: Set<string>;
  readonly onLeaves?: (count: number) => void;
}

/** A stored tile that is not what the records give. */
interface Difference {
  readonly level: number;
  readonly index: number;
  readonly rebuilt: Tile;
  /** Undefined where the bytes are no tile. */
  readonly stored: Tile | undefined;
  readonly row: TileRow | undefined;
}

/** Differences kept for telling what they are; beyond, they are only counted. */
const MAX_KEPT = 1000;

/**
 * Rebuilds a tree from the records and holds every stored tile against it. A tile that hashes to
 * what stands above it, up to the epoch's tree root, is as it was committed: then it is the records
 * that changed, and the place is named. One that does not was changed itself.
 */
export async function checkTree(
  tree: TreeName,
  db: Db,
  epoch: StoredEpoch,
  { places, hash, told, onLeaves = () => {} }: TreeCheckOptions,
): Promise<TreeCheck> {
  const label = epochLabel(epoch);
  const findings: Finding[] = [];
  const differences = new Map<string, Difference>();
  const fold = foldTiles(async (level, index, rebuilt) => {
    const bytes = await readTile(db, { tree, level, index }, epoch.id);
    const stored = tileOf(bytes);
    if (stored && sameTile(stored, rebuilt)) return;
    if (differences.size >= MAX_KEPT) return;
    const row = await tileRow(db, { tree, level, index }, epoch.id);
    differences.set(`${level}/${index}`, { level, index, rebuilt, stored, row });
  }, hash);

  const count = Math.min(ledgerTrees[tree].count(epoch), places);
  for await (const { leaves, unreadable } of rebuiltLeaves(tree, db, epoch, { count, hash })) {
    for (const leaf of leaves) await fold.push(leaf);
    for (const { index, reason } of unreadable.slice(0, MAX_TOLD)) {
      const facts = { epoch: label, tree, index, reason };
      findings.push(finding('audit.leaf_unreadable', facts));
    }
    onLeaves(leaves.length);
  }
  const root = await fold.finish();
  const committed = tree === 'accounts' ? epoch.accountsRoot : epoch.employersRoot;
  const explained = await explain({ tree, db, epoch, hash, told, committed }, differences);
  return { root, findings: [...findings, ...explained] };
}

interface Committed {
  readonly tree: TreeName;
  readonly db: Db;
  readonly epoch: StoredEpoch;
  readonly hash: Poseidon;
  readonly told: Set<string>;
  /** Root of the tree as the epoch holds it. */
  readonly committed: Fr;
}

async function explain(
  context: Committed,
  differences: ReadonlyMap<string, Difference>,
): Promise<Finding[]> {
  const { tree, epoch, hash, told } = context;
  const findings: Finding[] = [];
  const label = epochLabel(epoch);
  const tell = (code: 'audit.tile_changed' | 'audit.tile_missing', one: TilePlace) => {
    const key = `${tree}/${one.level}/${one.index}/${one.row?.epochId ?? 'none'}`;
    if (told.has(key)) return;
    told.add(key);
    const { level, index } = one;
    const of = one.row?.label ?? label;
    findings.push(finding(code, { epoch: of, tree, level, index }));
  };
  const changedLeaves: number[] = [];
  for (const one of differences.values()) {
    const { level, index, stored, row, rebuilt } = one;
    if (!row) {
      tell('audit.tile_missing', one);
      continue;
    }
    const isIntact =
      stored && tileRoot(stored, emptyFoot(level, hash), hash) === (await nodeAbove(context, one));
    if (!stored || !isIntact) {
      tell('audit.tile_changed', one);
      continue;
    }
    for (const position of differingPositions(stored, rebuilt)) {
      const child = index * TILE_WIDTH + position;
      if (level === 0) changedLeaves.push(child);
      // The tile below is what the records give, and not what was committed.
      else if (!differences.has(`${level - 1}/${child}`) && differences.size < MAX_KEPT) {
        const below = { tree, level: level - 1, index: child };
        const childRow = await tileRow(context.db, below, epoch.id);
        tell('audit.tile_changed', { ...below, row: childRow });
      }
    }
  }
  const [index] = changedLeaves;
  if (index !== undefined) {
    const facts = { epoch: label, tree, index, count: changedLeaves.length };
    findings.push(finding('audit.leaf_changed', facts));
  }
  return findings;
}

interface TilePlace {
  readonly level: number;
  readonly index: number;
  readonly row: TileRow | undefined;
}

/** What the level above holds for a tile: a child of a stored tile, or the epoch's tree root. */
async function nodeAbove(
  { tree, db, epoch, hash, committed }: Committed,
  { level, index }: TilePlace,
): Promise<Fr | undefined> {
  if (level === TILE_LEVELS - 1) return committed;
  const above = { tree, level: level + 1, index: Math.floor(index / TILE_WIDTH) };
  const parent = tileOf(await readTile(db, above, epoch.id));
  return parent && (parent[index % TILE_WIDTH] ?? emptyFoot(level + 1, hash));
}

/** Undefined where the bytes are no tile. */
function tileOf(bytes: Uint8Array): Tile | undefined {
  try {
    return decodeTile(bytes);
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    return undefined;
  }
}

function sameTile(a: Tile, b: Tile): boolean {
  return a.length === b.length && a.every((node, i) => node === b[i]);
}

function differingPositions(stored: Tile, rebuilt: Tile): number[] {
  const length = Math.max(stored.length, rebuilt.length);
  return Array.from({ length }, (_, i) => i).filter((i) => stored[i] !== rebuilt[i]);
}
