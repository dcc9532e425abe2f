import { hashAuthorityChange, signAuthorityChange } from '../../src/chain/authority-change.ts';
import { changeAuthorities } from '../../src/chain/change-authorities.ts';
import { connectChain } from '../../src/chain/connection.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { epochsFromChain } from '../../src/chain/epochs-port.ts';
import { allEpochs, type RegistryContract, registryAuthorities } from '../../src/chain/registry.ts';
import { publishedHistory } from '../../src/chain/registry-history.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { closeEpoch } from '../../src/jobs/close-epoch.ts';
import { settleEpochs } from '../../src/jobs/settle-epochs.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { EpochsPort } from '../../src/verify/ports.ts';
import { disagreements } from '../../test/support/epoch-agreement.ts';
import { type Fault, faults, lies, startFaultProxy } from '../../test/support/fault-proxy.ts';
import { seededRandom } from '../../test/support/random.ts';
import { testAuthorities } from '../../test/support/test-chain.ts';
import { whileMining } from '../../test/support/while-mining.ts';
import { type Failure, type FaultCheck, type FaultResult, RECOVERY_SECONDS } from './check.ts';
import { drawPlan, type FaultPlan, faultScript } from './fault-script.ts';
import { openWorld, type World } from './world.ts';

const ROUNDS_A_REGISTRY = 20;
/** Unanswered calls fail after so long: a hang must not make a round long. */
const TIMEOUT_MS = 250;
/** Of what is begun again until it meets the fault. */
const MOST_ATTEMPTS = 5;
/** A root that nobody publishes. */
const UNKNOWN = toEpochRoot(77n);

/** Nodes that fail, and nodes that lie. */
export const rpcFaultsCheck: FaultCheck = {
  name: 'rpc-faults',
  claim:
    'A month is closed through a proxy that breaks connections before or after the node acted, delays, hangs, answers 500, 429, half of the JSON, no JSON or an error, tells an older block or older state, or takes a transaction and forgets it, for one to five requests in a row at a random moment; where receipts are kept back or stale, the authorities are changed; where logs are, the history is read. What was begun succeeds or ends with a coded error; run again without faults, ledger and chain agree within 30 s, and nothing is published twice. Meanwhile no lookup finds a root that was never published, or tells one of another month.',
  rounds: 500,
  quickRounds: 32,
  async run(rounds, seed, report): Promise<FaultResult> {
    const random = seededRandom(`${seed} rpc faults`);
    const figures: Figures = { rounds: 0, requests: 0, survived: 0, codedErrors: 0 };
    const failures: Failure[] = [];
    await using world = await openWorld();
    for (let round = 0; round < rounds; round++) {
      if (round > 0 && round % ROUNDS_A_REGISTRY === 0) await world.renew();
      const plan = drawPlan(faults[round % faults.length] ?? 'drop', random);
      const what = `${plan.fault} × ${plan.length}, ${plan.confirmations} confirmations`;
      report(`rpc-faults: ${what}`, round / rounds);
      const found = await oneRound(world, plan, figures).catch((error: unknown) => [
        error instanceof Error ? (error.stack ?? error.message) : `${error}`,
      ]);
      for (const one of found) failures.push({ round, what, found: one });
      figures.rounds++;
      if (found.length > 0) await world.renew();
    }
    return { figures: { ...figures }, failures };
  },
};

interface Figures {
  rounds: number;
  /** Requests that met a fault. */
  requests: number;
  survived: number;
  codedErrors: number;
}

async function oneRound(world: World, plan: FaultPlan, figures: Figures): Promise<string[]> {
  const { store, node } = world;
  const { fault, confirmations } = plan;
  const found: string[] = [];
  const script = faultScript(plan);
  await using proxy = await startFaultProxy(world.url, { decide: script.decide });
  const chain = await connectChain(proxy.url, { pollingInterval: 20, timeout: TIMEOUT_MS });
  const registry = { ...world.registry, chain, confirmations };
  const healthy = { ...world.registry, confirmations };
  const work = await workOf(fault, world, healthy);
  await whileMining(node, async () => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS && !script.isMet(); attempt++) {
      script.begin();
      const probing = probe(epochsFromChain(registry), store, found);
      try {
        await work(registry);
        figures.survived++;
      } catch (error) {
        if (error instanceof CanbaoError && error.code !== 'core.internal') figures.codedErrors++;
        else found.push(`it threw ${error instanceof Error ? error.stack : error}`);
      }
      await probing;
    }
    while (!script.isMet() && !(fault in lies)) {
      await probe(epochsFromChain(registry), store, found);
    }
  });
  script.end();
  if (!script.isMet()) found.push('nothing met the fault');
  figures.requests += script.injected();

  const started = performance.now();
  await whileMining(node, async () => {
    await work(healthy);
    await closeEpoch(world.closing({ registry: healthy }));
    await settleEpochs(world.closing({ registry: healthy }));
  });
  const seconds = (performance.now() - started) / 1000;
  if (seconds > RECOVERY_SECONDS) found.push(`recovery took ${seconds.toFixed(1)} s`);
  world.nextMonth();
  return [...found, ...(await disagreements(store, healthy))];
}

/** Something that meets the fault, and that may be done again. */
async function workOf(
  fault: Fault,
  world: World,
  healthy: RegistryContract,
): Promise<(registry: RegistryContract) => Promise<unknown>> {
  if (fault === 'old-logs') {
    return async (registry) => {
      const known = await allEpochs(healthy);
      const { epochs } = await publishedHistory(registry);
      if (known.some(({ root }, i) => root !== epochs[i]?.epochRoot)) {
        throw new Error('the history read is another one');
      }
    };
  }
  if (fault === 'no-receipt' || fault === 'stale-receipt') {
    const { lastChange } = await registryAuthorities({ ...healthy, confirmations: 1 });
    const change = { previousChange: lastChange, added: [], removed: [], quorum: 2 };
    const domain = { chainId: healthy.chain.chainId, registry: healthy.address };
    const signatures = await Promise.all(
      testAuthorities.map((one) => signAuthorityChange(domain, one, change)),
    );
    return async (registry) => {
      await changeAuthorities(registry, embeddedAccount(0), change, signatures);
      const { lastChange: now } = await registryAuthorities(registry);
      if (now !== hashAuthorityChange(domain, change)) throw new Error('the change was lost');
    };
  }
  return (registry) => closeEpoch(world.closing({ registry }));
}

/** Looks roots up while the node misbehaves: an answer is right, missing, or an error, never wrong. */
async function probe(epochs: EpochsPort, store: World['store'], found: string[]): Promise<void> {
  const known = (await listEpochs(store)).at(-1);
  const silent = () => undefined; // a fault is no answer
  if (await epochs.lookup(UNKNOWN).catch(silent)) {
    found.push('a root that nobody published is known');
  }
  if (!known) return;
  const status = await epochs.lookup(known.root).catch(silent);
  if (status && (status.month !== known.month || status.revision !== known.revision)) {
    found.push(`the root of month ${known.month} is told as of ${status.month}`);
  }
}
