import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'kysely';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import { disagreements } from '../../test/support/epoch-agreement.ts';
import { type Random, seededRandom } from '../../test/support/random.ts';
import type { Failure, FaultCheck, FaultResult } from './check.ts';
import type { RaceOrder, RaceOutcome } from './race-closer.ts';
import { openWorld, type World } from './world.ts';

const ROUNDS_A_REGISTRY = 20;
/** The second closer sets out at most so much later. */
const MOST_DELAY_MS = 120;

/** Two operators, one month. */
export const racesCheck: FaultCheck = {
  name: 'races',
  claim:
    'Two processes close the same month of one ledger on PostgreSQL at the same time; in half of the rounds they wait for each other. One closes, the other is told that a closing is under way, or finds the month closed: never both at once, one root, published once.',
  rounds: 100,
  quickRounds: 6,
  unavailable: () => (process.env.DATABASE_URL ? undefined : 'DATABASE_URL names no PostgreSQL'),
  async run(rounds, seed, report): Promise<FaultResult> {
    const random = seededRandom(`${seed} races`);
    const figures: Record<string, number> = { rounds: 0, bothClosed: 0, oneRefused: 0 };
    const failures: Failure[] = [];
    const databaseUrl = process.env.DATABASE_URL ?? '';
    const schema = `faults_${randomBytes(6).toString('hex')}`;
    await using world = await openWorld({ databaseUrl, schema });
    const closers = await Promise.all([1, 2].map((index) => startCloser(world.url, schema, index)));
    try {
      for (let round = 0; round < rounds; round++) {
        if (round > 0 && round % ROUNDS_A_REGISTRY === 0) await world.renew();
        const wait = round % 2 === 1;
        const what = wait ? 'waiting' : 'not waiting';
        report(`races: ${what}`, round / rounds);
        for (const found of await oneRound(world, closers, { wait, random }, figures)) {
          failures.push({ round, what, found });
        }
        figures.rounds = round + 1;
      }
    } finally {
      for (const closer of closers) await closer.end();
      await sql`drop schema ${sql.id(schema)} cascade`.execute(world.store.db);
    }
    return { figures, failures };
  },
};

async function oneRound(
  world: World,
  closers: readonly Closer[],
  { wait, random }: { wait: boolean; random: Random },
  figures: Record<string, number>,
): Promise<string[]> {
  const { registry, month } = world.closing();
  const outcomes = await Promise.all(
    closers.map((closer) =>
      closer.close({
        registry: registry.address,
        ...{ month, wait, delay: random.int(0, MOST_DELAY_MS) },
      }),
    ),
  );
  world.nextMonth();
  const found: string[] = [];
  const closed = outcomes.filter(({ outcome }) => outcome === 'closed');
  const refused = outcomes.filter(({ outcome }) => outcome === 'epoch.closing');
  if (closed.length + refused.length < outcomes.length || closed.length === 0) {
    found.push(`outcomes ${outcomes.map(({ outcome }) => outcome).join(', ')}`);
  }
  if (wait && closed.length < outcomes.length) found.push('one that waited did not close');
  if (new Set(closed.map(({ root }) => root)).size > 1) found.push('two roots');
  const kind = refused.length > 0 ? 'oneRefused' : 'bothClosed';
  figures[kind] = (figures[kind] ?? 0) + 1;
  const [one, other] = outcomes;
  if (one && other && overlap(one, other)) found.push('both were closing at once');
  const epochs = (await listEpochs(world.store)).filter((epoch) => epoch.month === month);
  if (epochs.length !== 1) found.push(`${epochs.length} epochs of the month`);
  return [...found, ...(await disagreements(world.store, registry))];
}

function overlap(a: RaceOutcome, b: RaceOutcome): boolean {
  if (a.from === undefined || b.from === undefined) return false;
  return a.from < (b.to ?? b.from) && b.from < (a.to ?? a.from);
}

interface Closer {
  close(order: RaceOrder): Promise<RaceOutcome>;
  end(): Promise<void>;
}

async function startCloser(url: string, schema: string, index: number): Promise<Closer> {
  const script = join(import.meta.dirname, 'race-closer.ts');
  const args = ['--import', 'tsx', script, url, schema, `${index}`];
  const child: ChildProcess = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('no pipes');
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('a closer ended');
    return JSON.parse(value);
  };
  await next(); // it is ready
  return {
    async close(order) {
      stdin.write(`${JSON.stringify(order)}\n`);
      return (await next()) as RaceOutcome;
    },
    async end() {
      if (child.exitCode !== null) return;
      const exited = once(child, 'exit');
      stdin.end();
      await exited;
    },
  };
}
