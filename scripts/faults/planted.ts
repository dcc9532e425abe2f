import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditLedger } from '../../src/jobs/audit/audit-ledger.ts';
import { type Finding, findingText } from '../../src/jobs/audit/finding.ts';
import type { FindingCode } from '../../src/jobs/audit/finding-texts.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import type { Db } from '../../src/ledger/store/tables.ts';
import { type Random, seededRandom } from '../../test/support/random.ts';
import { chainPlants } from './planted/chain-plants.ts';
import { employerPlants } from './planted/employer-plants.ts';
import { epochPlants } from './planted/epoch-plants.ts';
import { peoplePlants } from './planted/people-plants.ts';
import type { Expected, Plant, Planted } from './planted/plant.ts';
import { recordPlants } from './planted/record-plants.ts';
import { tilePlants } from './planted/tile-plants.ts';
import { buildWorld, type World } from './planted/world.ts';

/** Every way in which a ledger, or what is shown of it, is falsified. */
export const plants: readonly Plant[] = [
  ...recordPlants,
  ...peoplePlants,
  ...employerPlants,
  ...tilePlants,
  ...epochPlants,
  ...chainPlants,
];

/** A falsification that the audit did not find, or found without naming it. */
export interface Survivor {
  readonly round: number;
  readonly kind: string;
  readonly what: string;
  readonly found: readonly string[];
}

/** Rounds of a kind, those detected, and by which findings. */
export interface KindFigures {
  readonly planted: number;
  readonly detected: number;
  readonly by: Readonly<Partial<Record<FindingCode, number>>>;
}

export interface PlantedResult {
  readonly rounds: number;
  readonly seed: number;
  readonly people: number;
  readonly epochs: number;
  /** Rounds in which a finding names what was planted. */
  readonly detected: number;
  readonly kinds: Readonly<Record<string, KindFigures>>;
  /** By what it is: a change, an omission, a split view. */
  readonly groups: Readonly<Record<Plant['group'], number>>;
  /** Audits of the untouched ledger, and what they found: nothing, if the audit is right. */
  readonly clean: { readonly audits: number; readonly findings: number };
  readonly survivors: readonly Survivor[];
}

export interface PlantedOptions {
  readonly people?: number;
  readonly onProgress?: (done: number, of: number) => void;
}

/** Audits of the untouched ledger: before, after, and as often as this in between. */
const CLEAN_EVERY = 100;

/**
 * Falsifies a ledger `rounds` times, each time once and in another way, and audits it: every kind in
 * turn, each with draws of its own from the seed.
 */
export async function run(
  rounds: number,
  seed: number,
  { people = 100, onProgress = () => {} }: PlantedOptions = {},
): Promise<PlantedResult> {
  await using world = await buildWorld(seed, people);
  const kinds: Record<string, KindFigures> = {};
  const groups = { change: 0, omission: 0, split: 0 };
  const survivors: Survivor[] = [];
  const clean = { audits: 0, findings: 0 };
  const auditClean = async () => {
    clean.audits++;
    clean.findings += (await audit(world, world.store.db, { what: '', expected: [] })).length;
  };
  await auditClean();
  const order = shuffled(plants, seededRandom(`${seed} order`));
  for (let round = 0; round < rounds; round++) {
    const plant = order[round % order.length];
    if (!plant) break;
    const { planted, findings } = await auditPlanted(world, plant, `${seed} planted ${round}`);
    const named = findings.find((found) => planted.expected.some((one) => names(found, one)));
    kinds[plant.kind] = tallied(kinds[plant.kind], named?.code);
    groups[plant.group]++;
    if (!named) {
      const found = findings.map((one) => `${one.code}: ${findingText(one, 'en')}`);
      survivors.push({ round, kind: plant.kind, what: planted.what, found });
    }
    if ((round + 1) % CLEAN_EVERY === 0) await auditClean();
    onProgress(round + 1, rounds);
  }
  await auditClean();
  const detected = rounds - survivors.length;
  const { length: epochs } = world.epochs;
  return { rounds, seed, people, epochs, detected, kinds, groups, clean, survivors };
}

function tallied(
  { planted, detected, by }: KindFigures = { planted: 0, detected: 0, by: {} },
  code: FindingCode | undefined,
): KindFigures {
  if (code === undefined) return { planted: planted + 1, detected, by };
  return {
    planted: planted + 1,
    detected: detected + 1,
    by: { ...by, [code]: (by[code] ?? 0) + 1 },
  };
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const rest = [...items];
  return items.flatMap(() => rest.splice(random.int(0, rest.length - 1), 1));
}

/** What rolls a round back. */
class RoundOver extends Error {}

async function auditPlanted(
  world: World,
  plant: Plant,
  seed: string,
): Promise<{ planted: Planted; findings: readonly Finding[] }> {
  let result: { planted: Planted; findings: readonly Finding[] } | undefined;
  const round = world.store.db.transaction().execute(async (db) => {
    const planted = await plant.plant(world, db, seededRandom(seed));
    result = { planted, findings: await audit(world, db, planted) };
    throw new RoundOver();
  });
  await round.catch((error) => {
    if (!(error instanceof RoundOver)) throw error;
  });
  if (!result) throw new Error('a round without a result');
  return result;
}

async function audit(
  { store, hash, chain, notes }: World,
  db: Db,
  { published = chain, others = [] }: Planted,
): Promise<readonly Finding[]> {
  const options = { store: { ...store, db }, hash, published, others, notes: [notes] };
  return (await auditLedger(options)).findings;
}

function names({ code, facts }: Finding, expected: Expected): boolean {
  const { contains } = expected;
  const isOf = Object.entries(expected.facts ?? {}).every(([name, value]) => facts[name] === value);
  const isIn =
    contains === undefined || (Number(facts.from) <= contains && contains <= Number(facts.to));
  return code === expected.code && isOf && isIn;
}

/** Where the figures of a full run are kept, below the package. */
export const FIGURES = 'docs/faults/planted.json';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '1000' },
      seed: { type: 'string', default: '1' },
      people: { type: 'string', default: '100' },
      write: { type: 'boolean', default: false },
    },
  });
  const result = await run(Number(values.rounds), Number(values.seed), {
    people: Number(values.people),
    onProgress: (done, of) => {
      if (done % 25 === 0 || done === of) process.stderr.write(`planted: ${done} of ${of}\n`);
    },
  });
  const text = `${JSON.stringify(result, null, 2)}\n`;
  if (values.write) {
    const path = join(packageRoot, FIGURES);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  process.stdout.write(text);
  process.exitCode = result.survivors.length + result.clean.findings === 0 ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) await main();
