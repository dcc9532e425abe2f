import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type KyselyPlugin, type RootOperationNode, sql } from 'kysely';
import { encodeDeployData } from 'viem';
import {
  epochRegistryAbi,
  epochRegistryBytecode,
} from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import { deployContract } from '../../src/chain/deploy.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { toFr } from '../../src/core/field.ts';
import { parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import type { EpochSigner } from '../../src/jobs/epoch-signatures.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { enrolEmployer } from '../../src/ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../src/ledger/store/enrol-holder.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import {
  employers,
  ids,
  longHeader,
  longMapping,
  longRow,
  pepper,
  present,
  withFolder,
} from '../ledger/stores.ts';
import { type TestChain, testAuthorities } from '../support/test-chain.ts';

/** A registry nobody has published to; two of three authorities must sign. */
export async function deployRegistry({
  chain,
  payer,
}: Pick<TestChain, 'chain' | 'payer'>): Promise<RegistryContract> {
  const data = encodeDeployData({
    abi: epochRegistryAbi,
    bytecode: epochRegistryBytecode,
    args: [testAuthorities.map(({ address }) => address), 2n],
  });
  return { chain, address: await deployContract(chain, payer, data, 1) };
}

/** The three authorities, each rebuilding roots from the records of `store`. */
export function authoritiesOn(store: Store, hash: Poseidon): EpochSigner[] {
  return testAuthorities.map((account) => ({
    account,
    rebuild: (month, revision) => rebuildEpochRoot(store, { month, revision, hash }),
  }));
}

/** Rows of one small file into the ledger. */
export function importRows(store: Store, ...rows: string[]): Promise<unknown> {
  return withFolder(async (folder) => {
    const file = join(folder, 'f.csv');
    await writeFile(file, `${[longHeader, ...rows].join('\n')}\n`);
    return importFile(store, { file, mapping: longMapping(), pepper, present });
  });
}

/** Two people with a month each and their employer, all with a key: nothing random is left in the root. */
export async function fillLedger(store: Store, changes: { base?: string } = {}): Promise<void> {
  await importRows(store, longRow(changes), longRow({ id: ids[1] }));
  const identityMonth = parseMonth('2026-01');
  for (const [i, idNumber] of ids.entries()) {
    const commitment = toFr(BigInt(i + 1));
    await enrolHolder(store, { idNumber, pepper, commitment, identityMonth });
  }
  const creditCode = parseCreditCode(employers[0]);
  await enrolEmployer(store, { creditCode, commitment: toFr(3n), identityMonth });
}

/** Forgets every closing and keeps the records. */
export async function clearEpochs(store: Store): Promise<void> {
  await sql`truncate epoch, epoch_signature, tile restart identity`.execute(store.db);
}

/** What a database that goes away says, in these tests. */
export const cut = new Error('cut short');

/** The same store, whose connection breaks where `breaks` says so. */
export function breakingStore(store: Store, breaks: (node: RootOperationNode) => boolean): Store {
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (breaks(node)) throw cut;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return { ...store, db: store.db.withPlugin(plugin) };
}

/** Whether a statement moves an epoch to `state`. */
export function movesTo(state: string): (node: RootOperationNode) => boolean {
  return (node) =>
    node.kind === 'UpdateQueryNode' &&
    (node.updates ?? []).some(
      ({ value }) => value.kind === 'ValueNode' && 'value' in value && value.value === state,
    );
}

/** Whether a statement may write: reads fail no differently than the next write. */
export function mayWrite({ kind }: RootOperationNode): boolean {
  return kind !== 'SelectQueryNode';
}
