import { connectChain } from '../../../src/chain/connection.ts';
import { deployRegistry } from '../../../src/chain/deploy.ts';
import { embeddedAccount, startEmbeddedNode } from '../../../src/chain/embedded-node.ts';
import { signCommitment } from '../../../src/chain/epoch-commitment.ts';
import { publishEpoch } from '../../../src/chain/publish-epoch.ts';
import type { PublishedEpoch } from '../../../src/chain/types.ts';
import { toEpochRoot } from '../../../src/core/brands.ts';
import { toFr } from '../../../src/core/field.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { type AuditNotes, takeNotes } from '../../../src/jobs/audit/notes.ts';
import { readEpochs } from '../../../src/jobs/audit/read-epochs.ts';
import { type RegistryView, readRegistry } from '../../../src/jobs/audit/registry-view.ts';
import { closeEpoch } from '../../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../../src/ledger/build/rebuild-epoch-root.ts';
import type { StoredEpoch } from '../../../src/ledger/store/epochs.ts';
import { openStore, type Store } from '../../../src/ledger/store/open-store.ts';
import { seededRandom } from '../../../test/support/random.ts';
import { testAuthorities } from '../../../test/support/test-chain.ts';
import { buildLedger } from './build-ledger.ts';
import { inventLedger } from './invented-ledger.ts';

/** A ledger of some months with what was published of it, and what a dishonest quorum published elsewhere. */
export interface PlantedWorld extends AsyncDisposable {
  readonly store: Store;
  readonly hash: Poseidon;
  readonly epochs: readonly StoredEpoch[];
  /** What the registry says. */
  readonly chain: RegistryView;
  /** A second registry, signed by the same authorities, whose last root is another. */
  split(): Promise<RegistryView>;
  /** One in which a month was never published. */
  gap(): Promise<RegistryView>;
  /** One in which a correction came before another month. */
  reordered(): Promise<RegistryView>;
  readonly notes: AuditNotes;
}

/** How findings call the registries of a dishonest quorum. */
export const SECOND = 'second chain';

/** @param people a few dozen: every round rebuilds all of them six times */
export async function buildWorld(seed: string, people: number): Promise<PlantedWorld> {
  const node = await startEmbeddedNode();
  const store = await openStore();
  const close = async () => {
    await store.close();
    await node.close();
  };
  try {
    const hash = await wasmPoseidon();
    const connection = await connectChain(node.url, { pollingInterval: 10 });
    const deploy = async () => ({
      chain: connection,
      address: await deployRegistry(connection, embeddedAccount(0), {
        authorities: testAuthorities.map(({ address }) => address),
        quorum: 2,
      }),
    });
    const registry = await deploy();
    const signers = testAuthorities.map((account) => ({
      account,
      rebuild: (month: StoredEpoch['month'], revision: number) =>
        rebuildEpochRoot(store, { month, revision, hash }),
    }));
    await buildLedger(
      store,
      inventLedger(seededRandom(`${seed} ledger`).int(0, 2 ** 31 - 1), people),
      (month, revise = false) =>
        closeEpoch({
          ...{ store, registry, signers, submitter: embeddedAccount(1), month, revise, hash },
        }),
    );
    const { epochs } = await readEpochs(store.db);
    const chain = await readRegistry(registry);

    /** The same authorities sign another history. */
    async function publishAll(history: readonly PublishedEpoch[]) {
      const other = await deploy();
      const domain = { chainId: connection.chainId, registry: other.address };
      let previousRoot = toFr(0n);
      for (const { month, revision, root, accounts } of history) {
        const commitment = { month, revision, epochRoot: root, previousRoot, accounts };
        const signatures = await Promise.all(
          testAuthorities.map((account) => signCommitment(domain, account, commitment)),
        );
        await publishEpoch(other, embeddedAccount(1), commitment, signatures);
        previousRoot = root;
      }
      return readRegistry(other, SECOND);
    }
    const last = chain.epochs.length - 1;
    const another = (root: bigint) => toEpochRoot(toFr(root ^ 1n));
    const split = chain.epochs.map((epoch, i) =>
      i === last ? { ...epoch, root: another(epoch.root) } : epoch,
    );
    const missing = chain.epochs[1]?.month;
    const gap = chain.epochs.filter(({ month }) => month !== missing);
    // The late correction changes places with the month before it.
    const late = chain.epochs.findIndex(({ revision }) => revision > 0);
    const reordered = [...chain.epochs];
    const [correction] = reordered.splice(late, 1);
    if (correction) reordered.splice(late - 1, 0, correction);
    return {
      ...{ store, hash, epochs, chain },
      split: once(() => publishAll(split)),
      gap: once(() => publishAll(gap)),
      reordered: once(() => publishAll(reordered)),
      notes: await takeNotes(store.db, epochs, 1_790_000_000),
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Made when it is first asked for. */
function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
