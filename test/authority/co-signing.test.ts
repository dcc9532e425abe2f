import { sql } from 'kysely';
import type { LocalAccount } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PeerConnection } from '../../src/authority/http/peer-connection.ts';
import { peerLeader } from '../../src/authority/http/peer-leader.ts';
import { peerSigner } from '../../src/authority/http/peer-signer.ts';
import { coSign } from '../../src/authority/replica/co-sign.ts';
import { allEpochs, type RegistryContract } from '../../src/chain/registry.ts';
import type { EpochCommitment } from '../../src/chain/types.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import type { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { toFr } from '../../src/core/field.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { type CloseOptions, closeEpoch } from '../../src/jobs/close-epoch.ts';
import type { PeerRefusal } from '../../src/jobs/peer-signatures.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { recordSignature } from '../../src/ledger/store/epoch-transitions.ts';
import { listEpochs, type StoredEpoch } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { clearEpochs, deployRegistry, fillLedger, importRows } from '../jobs/closing.ts';
import {
  clearStore,
  closeTestStore,
  employers,
  engines,
  longRow,
  openTestStore,
} from '../ledger/stores.ts';
import { startTestChain, type TestChain, testAuthorities } from '../support/test-chain.ts';
import { connectTo, ownSigner, type Served, serveCoSigner, serveLedger } from './authorities.ts';

const month = parseMonth('2026-08');
const next = addMonths(month, 1);
const [alpha, beta, gamma] = testAuthorities as [LocalAccount, LocalAccount, LocalAccount];

let hash: Poseidon;
let context: TestChain;
let ledger: Store;
let copies: [Store, Store];
let registry: RegistryContract;
let served: Served[];
let peers: [PeerConnection, PeerConnection];

beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
  const open = () => openTestStore(engines.at(-1) ?? 'pglite');
  [ledger, ...copies] = await Promise.all([open(), open(), open()]);
});
afterAll(async () => {
  for (const store of [ledger, ...copies]) await closeTestStore(store);
  await context[Symbol.asyncDispose]();
});
beforeEach(async () => {
  for (const store of [ledger, ...copies]) await clearStore(store);
  registry = await deployRegistry(context);
  await fillLedger(ledger);
  const leader = await serveLedger({ registry, account: alpha, store: ledger });
  const coSigners = [
    await serveCoSigner({ registry, account: beta, store: copies[0], hash }, [leader.url]),
    await serveCoSigner({ registry, account: gamma, store: copies[1], hash }, [leader.url]),
  ];
  served = [leader, ...coSigners];
  peers = coSigners.map(({ url }) => connectTo(url, { registry, account: alpha })) as typeof peers;
});
afterEach(async () => {
  for (const one of served) await one[Symbol.asyncDispose]();
});

const signers = (connections: readonly PeerConnection[] = peers) =>
  connections.map((peer) => peerSigner(peer, { pauseMs: 20 }));
const close = (changes: Partial<CloseOptions> = {}) =>
  closeEpoch({
    ...{ store: ledger, registry, submitter: context.payer, month, hash },
    signers: [ownSigner(ledger, alpha, hash)],
    peers: signers(),
    ...changes,
  });
const published = () => allEpochs(registry);

/** Closes with one peer, without whom there is no quorum, and tells what it says. */
async function refusal(changes: Partial<CloseOptions> = {}): Promise<CanbaoError | undefined> {
  const said: PeerRefusal[] = [];
  const onRefusal = (one: PeerRefusal) => said.push(one);
  const closing = close({ onRefusal, peers: signers([peers[0]]), ...changes });
  await expect(closing).rejects.toMatchObject({ code: 'epoch.no_quorum' });
  expect(said).toHaveLength(1);
  return said[0]?.error;
}

const addresses = (...accounts: LocalAccount[]) => accounts.map(({ address }) => address).sort();

describe('three authorities with stores of their own', () => {
  it('close a month, and the next with corrections, each signing its own result', async () => {
    const first = await close();
    expect(first.signers).toEqual(addresses(alpha, beta, gamma));
    await importRows(ledger, longRow({ base: '6000' }), longRow({ owed: '2026-07' }));
    await importRows(ledger, longRow({ base: '6001', employer: employers[1] }));
    const second = await close({ month: next });
    expect(second.signers).toHaveLength(3);
    const third = await close({ month, revise: true });
    expect(third.epoch.revision).toBe(1);
    expect(await published()).toMatchObject([
      { root: first.epoch.root, month, revision: 0, accounts: 2 },
      { root: second.epoch.root, month: next, revision: 0 },
      { root: third.epoch.root, month, revision: 1 },
    ]);
    for (const copy of copies) {
      const roots = (await listEpochs(copy)).map(({ root }) => root);
      expect(roots).toEqual([first.epoch.root, second.epoch.root, third.epoch.root]);
      const versions = (store: Store) =>
        store.db.selectFrom('record').selectAll().orderBy('id').execute();
      expect(await versions(copy)).toEqual(await versions(ledger));
    }
  });

  it('need a quorum, not everybody: who does not answer is named', async () => {
    const [, second] = served.slice(1);
    await second?.[Symbol.asyncDispose]();
    const said: PeerRefusal[] = [];
    const { signers: signed } = await close({ onRefusal: (one) => said.push(one) });
    expect(signed).toEqual(addresses(alpha, beta));
    expect(said).toMatchObject([{ peer: peers[1].name, error: { code: 'peer.unreachable' } }]);
  });

  it('are not kept waiting, once there are enough, by one that hangs', async () => {
    const hanging = { ...signers()[1], sign: () => new Promise<never>(() => {}) };
    const name = 'hanging';
    const waiting = {
      name,
      address: async () => gamma.address,
      sign: (_: unknown, __: unknown, signal: AbortSignal) =>
        Promise.race([
          hanging.sign(),
          new Promise<never>((_, reject) => {
            signal.addEventListener('abort', () => reject(signal.reason));
          }),
        ]),
    };
    const said: PeerRefusal[] = [];
    const { signers: signed } = await close({
      peers: [...signers([peers[0]]), waiting],
      graceMs: 50,
      onRefusal: (one) => said.push(one),
    });
    expect(signed).toEqual(addresses(alpha, beta));
    expect(said).toMatchObject([{ peer: name, error: { code: 'peer.too_slow' } }]);
  });
});

describe('an authority does not sign for a leader that', () => {
  /** A month computed honestly, before the leader tampers with what it gives out. */
  const build = () => buildEpoch(ledger, { month, hash });
  const run = (statement: string) => sql.raw(statement).execute(ledger.db);
  /** The leader signs what it built, whatever its records say by now. */
  const lying = () =>
    refusal({
      signers: [{ account: alpha, rebuild: async () => (await built()).root }],
    });
  const built = async () => (await listEpochs(ledger)).at(-1) as StoredEpoch;
  const rootsDiffer = (where: string, tiles: number) => ({
    code: 'epoch.roots_differ',
    facts: { month: '2026-08', authority: beta.address, where, tiles },
  });

  it.each<[string, string, string, number]>([
    ['changed a record', 'update record set base_fen = 1 where id = 2', 'accounts[1]', 4],
    ['left a record out', 'update epoch set record_cutoff = 1', 'accounts[1]', 4],
    [
      'added a record',
      `insert into record select 3, 0, insurance, month - 1, settled, base_fen, region, employer,
        category, paid, source_id, batch_id, line from record where id = 1;
       update epoch set record_cutoff = 3`,
      'accounts[0]',
      4,
    ],
    [
      'changed an employer',
      'update enrolment set identity_month = 1 where id = 3',
      `employers[${employers[0]}]`,
      5,
    ],
    [
      'added a person',
      `insert into person select 2, sha256(person_hash), placeholder from person where account_index = 1;
       update epoch set account_count = 3`,
      'accounts[2]',
      4,
    ],
    [
      'shows a root its own tiles do not have',
      "update epoch set root = decode(repeat('01', 32), 'hex')",
      'root',
      2,
    ],
  ])('%s', async (_, tampering, where, tiles) => {
    await build();
    for (const statement of tampering.split(';')) await run(statement);
    expect(await lying()).toMatchObject(rootsDiffer(where, tiles));
    expect(await published()).toEqual([]);
    expect(await listEpochs(copies[0])).toEqual([]);
  });

  it.each<[string, string, string, object]>([
    [
      'lacks its last record',
      'delete from record where id = 2',
      'feed.short',
      { table: 'record', last: 1, expected: 2 },
    ],
    [
      'lacks a record',
      'delete from record where id = 1',
      'feed.gap',
      { table: 'record', got: 2, expected: 1 },
    ],
    [
      'left a person out',
      'update epoch set account_count = 1',
      'feed.bad_row',
      { table: 'record', row: 2, reason: 'account_index names nothing that came before' },
    ],
    [
      'left an employer out',
      'update epoch set employer_count = 0',
      'feed.bad_row',
      { table: 'record', row: 1, reason: 'employer names nothing that came before' },
    ],
  ])('%s', async (_, tampering, code, facts) => {
    await build();
    await run(tampering);
    expect(await lying()).toMatchObject({ code, facts });
  });

  it('and signs once the ledger is as it was: what led to a refusal is not kept', async () => {
    await close();
    await importRows(ledger, longRow({ base: '6000' }), longRow({ owed: '2026-07' }));
    await buildEpoch(ledger, { month: next, hash });
    const trusting = [{ account: alpha, rebuild: async () => (await built()).root }];
    await run('update record set base_fen = 1 where id = 3');
    expect(await refusal({ month: next, signers: trusting })).toMatchObject({
      code: 'epoch.roots_differ',
      facts: { where: 'accounts[0]' },
    });
    const { db } = copies[0];
    const rows = await db
      .selectFrom('record')
      .select(['id', 'superseded_by'])
      .orderBy('id')
      .execute();
    expect(rows).toEqual([1, 2].map((id) => ({ id, superseded_by: null })));
    expect(await db.selectFrom('import_batch').select('id').execute()).toHaveLength(1);
    expect(await db.selectFrom('source').select('id').execute()).toHaveLength(1);
    await run('update record set base_fen = 600000 where id = 3');
    const { signers: signed } = await close({ month: next, signers: trusting });
    expect(signed).toHaveLength(3);
  });

  it('says another number of accounts than its ledger has', async () => {
    const { id } = await build();
    const epoch = { ...(await built()), id };
    const value = commitmentOf(epoch, { accounts: 3 });
    await expect(sign(epoch, value)).rejects.toMatchObject({
      code: 'epoch.accounts_differ',
      facts: { given: 3, expected: 2 },
    });
  });

  it('rewrote the past: what was received once is not asked for again', async () => {
    await close();
    await importRows(ledger, longRow({ owed: '2026-09' }));
    // The leader forgets how it closed August, and hashes everything anew out of other records.
    await run('update record set base_fen = 1 where id = 2');
    await clearEpochs(ledger);
    await buildEpoch(ledger, { month: next, hash });
    const said = await refusal({
      month: next,
      signers: [{ account: alpha, rebuild: async () => (await built()).root }],
    });
    expect(said).toMatchObject({
      code: 'epoch.roots_differ',
      facts: { month: '2026-09', where: 'accounts[1]', tiles: 4 },
    });
    expect(await published()).toHaveLength(1);
    // With the past as it was, the month is signed.
    await run('update record set base_fen = 500000 where id = 2');
    await clearEpochs(ledger);
    await buildEpoch(ledger, { month: next, hash });
    const { signers: signed } = await close({
      month: next,
      signers: [{ account: alpha, rebuild: async () => (await built()).root }],
    });
    expect(signed).toHaveLength(3);
  });

  it('names fewer rows than it did before', async () => {
    await close();
    const epoch = await buildEpoch(ledger, { month: next, hash });
    const value = commitmentOf(epoch, { previousRoot: (await published())[0]?.root ?? toFr(0n) });
    const { recordCutoff } = epoch;
    const behind = { ...epoch, recordCutoff: recordCutoff - 1 };
    await expect(sign(behind, value)).rejects.toMatchObject({ code: 'feed.inputs_behind' });
    expect((await sign(epoch, value)).signer).toBe(beta.address);
  });
});

const commitmentOf = (
  { month: of, revision, root, accountCount }: StoredEpoch,
  changes: Partial<EpochCommitment> = {},
): EpochCommitment => ({
  ...{ month: of, revision, epochRoot: root, previousRoot: toFr(0n), accounts: accountCount },
  ...changes,
});
const never = new AbortController().signal;
/** Asks the first peer alone. */
const sign = async (epoch: StoredEpoch, value = commitmentOf(epoch)) => {
  const [signer] = signers();
  if (!signer) throw new Error('no peer');
  return signer.sign(epoch, value, never);
};

describe('an authority holds what it is asked to sign against the chain and its own word', () => {
  it.each<[string, Partial<EpochCommitment>, string]>([
    ['another predecessor', { previousRoot: toFr(7n) }, 'epoch.wrong_previous_root'],
    ['a revision of a month nobody closed', { revision: 1 }, 'epoch.out_of_order'],
  ])('%s', async (_, changes, code) => {
    const epoch = await buildEpoch(ledger, { month, hash });
    await expect(sign(epoch, commitmentOf(epoch, changes))).rejects.toMatchObject({ code });
  });

  it('a month before the last one', async () => {
    await close({ month: next });
    const epoch = { ...(await listEpochs(ledger))[0], month } as StoredEpoch;
    const previousRoot = epoch.root;
    const asked = sign(epoch, commitmentOf(epoch, { previousRoot }));
    await expect(asked).rejects.toMatchObject({ code: 'epoch.out_of_order' });
  });

  it('a month behind one it signed and the chain does not have', async () => {
    await sign(await buildEpoch(ledger, { month, hash }));
    const epoch = await buildEpoch(ledger, { month: next, hash });
    await expect(sign(epoch)).rejects.toMatchObject({
      code: 'epoch.taken_back',
      facts: { month: '2026-08' },
    });
  });

  it('signs the same again, and no second root for a month and revision', async () => {
    const first = await buildEpoch(ledger, { month, hash });
    const signature = await sign(first);
    expect(await sign(first)).toEqual(signature);
    await clearEpochs(ledger);
    await importRows(ledger, longRow({ base: '6000' }));
    const second = await buildEpoch(ledger, { month, hash });
    expect(second.root).not.toBe(first.root);
    await expect(sign(second)).rejects.toMatchObject({
      code: 'epoch.second_root',
      facts: { authority: beta.address, month: '2026-08', revision: 0 },
    });
  });

  it('signs no second root after what it signed as the leader', async () => {
    const epoch = await buildEpoch(ledger, { month, hash });
    const own = { authority: beta.address, signature: '0x00' };
    await recordSignature(ledger, epoch.id, own, 2);
    const [copy] = copies;
    const signer = { account: beta, registry, copy, hash, alsoSignsIn: [ledger] };
    const commitment = commitmentOf(epoch, { epochRoot: toEpochRoot(5n) });
    const request = { commitment, epochId: epoch.id, inputs: epoch };
    const leader = peerLeader(peers[0], alpha.address);
    await expect(coSign(signer, request, leader)).rejects.toMatchObject({
      code: 'epoch.second_root',
    });
  });

  it('forgets a month that came out otherwise, and signs it once it is right', async () => {
    const epoch = await buildEpoch(ledger, { month, hash });
    const wrong = commitmentOf(epoch, { epochRoot: toEpochRoot(5n) });
    await expect(sign(epoch, wrong)).rejects.toMatchObject({ code: 'epoch.roots_differ' });
    expect((await sign(epoch)).signer).toBe(beta.address);
  });
});

it('a leader’s request that is no authority’s is refused, and nothing is given out', async () => {
  const epoch = await buildEpoch(ledger, { month, hash });
  const stranger = privateKeyToAccount(generatePrivateKey());
  const asked = connectTo(new URL(peers[0].name), { registry, account: stranger });
  await expect(peerSigner(asked).sign(epoch, commitmentOf(epoch), never)).rejects.toMatchObject({
    code: 'authority.not_authority',
    facts: { address: stranger.address },
  });
});
