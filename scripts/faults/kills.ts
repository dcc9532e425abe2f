import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { openStore, type Store, type StoreOptions } from '../../src/ledger/store/open-store.ts';
import { fillLedger } from '../../test/jobs/closing.ts';
import { disagreements } from '../../test/support/epoch-agreement.ts';
import { type Random, seededRandom } from '../../test/support/random.ts';
import { type Failure, type FaultCheck, type FaultResult, RECOVERY_SECONDS } from './check.ts';
import type { Death, DoomedOrder, Lived } from './doomed-closer.ts';
import { openWorld, type World } from './world.ts';

/** A process that lives longer hangs. */
const MOST_SECONDS = 120;

const claim = (engine: string) =>
  `A process that closes a month on ${engine} is killed with SIGKILL before or after one of the statements it says to its database or of the calls to its chain, every one of them in turn; in a third of the rounds the process that takes over is killed as well. The next one finishes: ledger and chain agree, one root a month, within ${RECOVERY_SECONDS} s.`;

/** On PostgreSQL. */
export const killsCheck: FaultCheck = {
  name: 'kills',
  claim: claim('PostgreSQL'),
  // A closing has some 240 points to die at.
  rounds: 240,
  quickRounds: 6,
  unavailable: () => (process.env.DATABASE_URL ? undefined : 'DATABASE_URL names no PostgreSQL'),
  async run(rounds, seed, report) {
    const databaseUrl = process.env.DATABASE_URL ?? '';
    const schema = `faults_${randomBytes(6).toString('hex')}`;
    const options = { databaseUrl, schema };
    return killing(options, rounds, `${seed} kills`, report).finally(async () => {
      const store = await openStore(options);
      await sql`drop schema ${sql.id(schema)} cascade`.execute(store.db);
      await store.close();
    });
  },
};

/** On the embedded database: each of its processes takes seconds to open it. */
export const embeddedKillsCheck: FaultCheck = {
  name: 'embedded-kills',
  claim: claim('the embedded database'),
  rounds: 30,
  quickRounds: 2,
  async run(rounds, seed, report) {
    const folder = await mkdtemp(join(tmpdir(), 'canbao-kills-'));
    return killing({ folder }, rounds, `${seed} embedded kills`, report).finally(() =>
      rm(folder, { recursive: true, force: true }),
    );
  },
};

interface Figures {
  rounds: number;
  killed: number;
  killedAgain: number;
  statements: number;
  calls: number;
  slowestRecoveryMs: number;
}

async function killing(
  options: StoreOptions,
  rounds: number,
  seed: string,
  report: (what: string, share: number) => void,
): Promise<FaultResult> {
  const random = seededRandom(seed);
  const failures: Failure[] = [];
  // The world's own ledger is of no use here: its process must not hold the doomed one's database.
  await using world = await openWorld();
  await onStore(options, fillLedger);
  const order = () => orderOf(world, options);
  // A closing that nobody disturbs: how many points there are to die at.
  const first = await close(order());
  if (!first.lived) throw new Error(`undisturbed, it ended with ${first.ended}`);
  const { statements, calls } = first.lived;
  const figures: Figures = {
    ...{ rounds: 0, killed: 0, killedAgain: 0, statements, calls, slowestRecoveryMs: 0 },
  };
  const deaths = shuffled(allDeaths(statements, calls), random);
  for (let round = 0; round < rounds; round++) {
    world.nextMonth();
    const death = deaths[round % deaths.length] as Death;
    const what = `${death.when} ${death.at} ${death.number}`;
    report(`kills: ${what}`, round / rounds);
    const found = await oneRound(order(), death, random, figures);
    const disagreeing = await onStore(options, (store) => disagreements(store, world.registry));
    for (const one of [...found, ...disagreeing]) failures.push({ round, what, found: one });
    figures.rounds = round + 1;
  }
  return { figures: { ...figures }, failures };
}

/** Every point, in a closing of so many statements and calls. */
function allDeaths(statements: number, calls: number): Death[] {
  const points = (at: Death['at'], count: number) =>
    Array.from({ length: count }, (_, i) =>
      (['before', 'after'] as const).map((when) => ({ at, number: i + 1, when })),
    ).flat();
  return [...points('statement', statements), ...points('call', calls)];
}

async function oneRound(
  order: DoomedOrder,
  death: Death,
  random: Random,
  figures: Figures,
): Promise<string[]> {
  const found: string[] = [];
  const expectKilled = async (at: Death, figure: 'killed' | 'killedAgain') => {
    const { ended, errors } = await close({ ...order, death: at });
    if (ended === 'SIGKILL') figures[figure]++;
    // What is left to do may be over before that point comes.
    else if (ended !== 'exit 0') found.push(`it ended with ${ended}: ${errors}`);
  };
  await expectKilled(death, 'killed');
  if (random.int(1, 3) === 1) {
    const number = random.int(1, figures.statements);
    await expectKilled({ at: 'statement', number, when: 'after' }, 'killedAgain');
  }
  const started = performance.now();
  const { ended, errors } = await close(order);
  const recovery = performance.now() - started;
  if (ended !== 'exit 0') found.push(`the process after it ended with ${ended}: ${errors}`);
  if (recovery > RECOVERY_SECONDS * 1000) found.push(`recovery took ${recovery.toFixed(0)} ms`);
  figures.slowestRecoveryMs = Math.max(figures.slowestRecoveryMs, Math.round(recovery));
  return found;
}

function orderOf(world: World, store: StoreOptions): DoomedOrder {
  const { month, registry } = world.closing() as { month: number; registry: RegistryContract };
  return { store, rpcUrl: world.url, registry: registry.address, month };
}

interface Ending {
  /** `exit 0`, or the signal. */
  readonly ended: string;
  readonly errors: string;
  readonly lived?: Lived;
}

async function close(order: DoomedOrder): Promise<Ending> {
  const script = join(import.meta.dirname, 'doomed-closer.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MOST_SECONDS * 1000,
  });
  const [output, errors, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  const ended = signal ?? `exit ${code}`;
  return { ended, errors, ...(code === 0 && { lived: JSON.parse(output) as Lived }) };
}

async function onStore<T>(options: StoreOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(options);
  return work(store).finally(() => store.close());
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  return items
    .map((item) => ({ item, key: random.int(0, 2 ** 30) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
