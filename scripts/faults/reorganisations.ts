import { setTimeout } from 'node:timers/promises';
import { allEpochs } from '../../src/chain/registry.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import { settleEpochs } from '../../src/jobs/settle-epochs.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import { disagreements } from '../../test/support/epoch-agreement.ts';
import { seededRandom } from '../../test/support/random.ts';
import { whileMining } from '../../test/support/while-mining.ts';
import { type Failure, type FaultCheck, type FaultResult, RECOVERY_SECONDS } from './check.ts';
import { openWorld, type World } from './world.ts';

const DEEPEST = 10;
/** Histories as long as this, so that a reorganisation can take several epochs back. */
const ROUNDS_A_REGISTRY = 12;

/** When the chain is reorganised: after a month was closed, or while it is. */
type Moment = 'after' | 'during';

interface Figures {
  rounds: number;
  afterClosing: number;
  duringClosing: number;
  epochsTakenBack: number;
}

/** Chains that change their mind. */
export const reorganisationsCheck: FaultCheck = {
  name: 'reorganisations',
  claim:
    'The chain is reorganised, 1 to 10 blocks deep, after a month was closed or while it waits for its confirmations (1 to 4), and forgets the transactions. The next check finds every epoch that was taken back, and no other, and submits them again in order: ledger and chain agree, within 30 s.',
  rounds: 100,
  quickRounds: 8,
  async run(rounds, seed, report): Promise<FaultResult> {
    const random = seededRandom(`${seed} reorganisations`);
    const figures: Figures = { rounds: 0, afterClosing: 0, duringClosing: 0, epochsTakenBack: 0 };
    const failures: Failure[] = [];
    await using world = await openWorld();
    for (let round = 0; round < rounds; round++) {
      if (round > 0 && round % ROUNDS_A_REGISTRY === 0) await world.renew();
      const depth = (round % DEEPEST) + 1;
      const confirmations = random.int(1, 4);
      const moment: Moment = random.pick(['after', 'during']);
      const what = `depth ${depth}, ${confirmations} confirmations, ${moment}`;
      report(`reorganisations: ${what}`, round / rounds);
      const wait = random.int(0, 300);
      const found = await oneRound(world, { depth, confirmations, moment, wait }, figures).catch(
        (error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : `${error}`],
      );
      for (const one of found) failures.push({ round, what, found: one });
      figures.rounds++;
      if (found.length > 0) await world.renew();
    }
    return { figures: { ...figures }, failures };
  },
};

interface Round {
  readonly depth: number;
  readonly confirmations: number;
  readonly moment: Moment;
  /** Milliseconds into the closing. */
  readonly wait: number;
}

async function oneRound(
  world: World,
  { depth, confirmations, moment, wait }: Round,
  figures: Figures,
): Promise<string[]> {
  const { store, node } = world;
  const registry = { ...world.registry, confirmations };
  const options = world.closing({ registry });
  const reorganise = () => node.request({ method: 'anvil_reorg', params: [depth, []] } as never);
  const found: string[] = [];

  if (moment === 'after') {
    figures.afterClosing++;
    await whileMining(node, () => closeEpoch(options));
    await reorganise();
  } else {
    figures.duringClosing++;
    await whileMining(node, async () => {
      const closing = closeEpoch(options).catch((error: unknown) => {
        if (!(error instanceof CanbaoError)) found.push(`closing threw ${error}`);
      });
      await setTimeout(wait);
      await reorganise();
      await closing;
    });
  }
  world.nextMonth();

  // Told apart from what the check says: what the chain has nowhere must be found; what it has, but
  // not deep enough, may be.
  const sent = (await listEpochs(store)).filter(
    ({ state }) => state === 'final' || state === 'submitted',
  );
  const lacking = async (confirmations: number) => {
    const roots = new Set(
      (await allEpochs({ ...registry, confirmations })).map(({ root }) => root),
    );
    return sent.filter(({ root }) => !roots.has(root)).map(({ id }) => id);
  };
  const gone = await lacking(1);
  const shallow = new Set(await lacking(confirmations));
  const started = performance.now();
  const { takenBack } = await whileMining(node, () => settleEpochs({ ...options, registry }));
  const seconds = (performance.now() - started) / 1000;
  if (seconds > RECOVERY_SECONDS) found.push(`recovery took ${seconds.toFixed(1)} s`);
  figures.epochsTakenBack += takenBack.length;
  const told = new Set(takenBack.map(({ id }) => id));
  for (const id of gone)
    if (!told.has(id)) found.push(`epoch ${id} is gone, and that was not told`);
  for (const id of told)
    if (!shallow.has(id)) found.push(`epoch ${id} was there, and told as gone`);
  return [...found, ...(await disagreements(store, registry))];
}
