import { parseArgs } from 'node:util';
import { auditLedger } from '../../src/jobs/audit/audit-ledger.ts';
import { type Finding, findingText } from '../../src/jobs/audit/finding.ts';
import type { FindingCode } from '../../src/jobs/audit/finding-texts.ts';
import type { Db } from '../../src/ledger/store/tables.ts';
import { type Random, seededRandom } from '../../test/support/random.ts';
import type { Failure, FaultCheck, FaultResult, Report } from './check.ts';
import { chainPlants } from './planted/chain-plants.ts';
import { employerPlants } from './planted/employer-plants.ts';
import { epochPlants } from './planted/epoch-plants.ts';
import { peoplePlants } from './planted/people-plants.ts';
import type { Expected, Plant, Planted } from './planted/plant.ts';
import { buildWorld, type PlantedWorld } from './planted/planted-world.ts';
import { recordPlants } from './planted/record-plants.ts';
import { signaturePlants } from './planted/signature-plants.ts';
import { tilePlants } from './planted/tile-plants.ts';
import { keepFigures } from './report.ts';

/** Every way in which a ledger, or what is shown of it, is falsified. */
export const plants: readonly Plant[] = [
  ...recordPlants,
  ...peoplePlants,
  ...employerPlants,
  ...tilePlants,
  ...epochPlants,
  ...signaturePlants,
  ...chainPlants,
];

/** Rounds of a kind, those detected, and which finding named what was planted. */
export interface KindFigures {
  readonly planted: number;
  readonly detected: number;
  readonly by: Readonly<Partial<Record<FindingCode, number>>>;
}

export interface PlantedResult extends FaultResult {
  readonly kinds: Readonly<Record<string, KindFigures>>;
}

/** An auditor who is lied to. */
export const plantedCheck: FaultCheck = {
  name: 'planted',
  claim:
    'One thing at a time is falsified in a ledger with corrections, in what is published of it or in what others were shown: a change, an omission or a split view. The audit finds every one, and a finding names what was falsified; the untouched ledger gives no finding.',
  rounds: 1000,
  quickRounds: 40,
  run: (rounds, seed, report) => run(rounds, seed, { report }),
};

export interface PlantedOptions {
  /** Forty where not given: every round rebuilds all of them six times. */
  readonly people?: number;
  readonly report?: Report;
}

/** Audits of the untouched ledger: before, after, and as often as this in between. */
const CLEAN_EVERY = 100;

/** Every kind in turn, in an order drawn from the seed; each round with draws of its own. */
export async function run(
  rounds: number,
  seed: string,
  { people = 40, report = () => {} }: PlantedOptions = {},
): Promise<PlantedResult> {
  await using world = await buildWorld(seed, people);
  const order = shuffled(plants, seededRandom(`${seed} order`));
  const kinds: Record<string, KindFigures> = {};
  const groups = { change: 0, omission: 0, split: 0 };
  const failures: Failure[] = [];
  let cleanAudits = 0;
  const auditClean = async (round: number) => {
    cleanAudits++;
    const findings = await audit(world, world.store.db, { what: '', expected: [] });
    if (findings.length === 0) return;
    failures.push({ round, what: 'nothing', found: foundText(findings) });
  };
  await auditClean(0);
  for (let round = 0; round < rounds; round++) {
    const plant = order[round % order.length];
    if (!plant) break;
    report(`planted: ${plant.kind}`, round / rounds);
    const { planted, findings } = await auditPlanted(world, plant, `${seed} planted ${round}`);
    const named = findings.find((found) => planted.expected.some((one) => names(found, one)));
    kinds[plant.kind] = tallied(kinds[plant.kind], named?.code);
    groups[plant.group]++;
    if (!named) {
      const what = `${plant.kind}: ${planted.what}`;
      failures.push({ round, what, found: foundText(findings) });
    }
    if ((round + 1) % CLEAN_EVERY === 0) await auditClean(round);
  }
  await auditClean(rounds);
  const detected = Object.values(kinds).reduce((sum, kind) => sum + kind.detected, 0);
  const figures = {
    ...{ rounds, detected, kinds: Object.keys(kinds).length },
    ...{ changes: groups.change, omissions: groups.omission, splits: groups.split },
    ...{ people, epochs: world.epochs.length, auditsOfTheUntouchedLedger: cleanAudits },
  };
  return { figures, failures, kinds };
}

function foundText(findings: readonly Finding[]): string {
  const lines = findings.map((one) => `${one.code}: ${findingText(one, 'en')}`);
  return lines.length === 0 ? 'nothing was found' : lines.join('\n');
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
  world: PlantedWorld,
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
  { store, hash, chain, notes }: PlantedWorld,
  db: Db,
  { published = chain, others = [] }: Planted,
): Promise<readonly Finding[]> {
  const options = { store: { ...store, db }, hash, published, others, notes: [notes] };
  return (await auditLedger(options)).findings;
}

/** Whether a finding is of what was planted. */
function names({ code, facts }: Finding, { contains, ...expected }: Expected): boolean {
  const isOf = Object.entries(expected.facts ?? {}).every(([name, value]) => facts[name] === value);
  const isIn =
    contains === undefined || (Number(facts.from) <= contains && contains <= Number(facts.to));
  return code === expected.code && isOf && isIn;
}

/** Alone: `npx tsx scripts/faults/planted.ts --rounds 1000 --seed 1 --write`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: String(plantedCheck.rounds) },
      seed: { type: 'string', default: '1' },
      people: { type: 'string', default: '40' },
      write: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  const report: Report = (what, share) => {
    const done = Math.round(share * rounds);
    if (done % 25 === 0) process.stderr.write(`${done} of ${rounds}: ${what}\n`);
  };
  const result = await run(rounds, values.seed, { people: Number(values.people), report });
  if (values.write) {
    await keepFigures({ check: plantedCheck.name, seed: values.seed, ...result });
  }
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  process.exitCode = result.failures.length === 0 ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) await main();
