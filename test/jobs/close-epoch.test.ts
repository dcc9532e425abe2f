import { createTestClient, http } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishEpoch } from '../../src/chain/publish-epoch.ts';
import { allEpochs, type RegistryContract } from '../../src/chain/registry.ts';
import { addMonths, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { type CloseOptions, closeEpoch } from '../../src/jobs/close-epoch.ts';
import type { EpochSigner } from '../../src/jobs/epoch-signatures.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { listSignatures } from '../../src/ledger/store/epoch-transitions.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { clearStore, closeTestStore, engines, longRow, openTestStore } from '../ledger/stores.ts';
import {
  commitment,
  signatures,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import {
  authoritiesOn,
  breakingStore,
  clearEpochs,
  cut,
  deployRegistry,
  fillLedger,
  importRows,
  mayWrite,
  movesTo,
} from './closing.ts';

const month = parseMonth('2026-09');
const next = addMonths(month, 1);
const addresses = testAuthorities.map(({ address }) => address);

let hash: Poseidon;
let context: TestChain;
beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
});
afterAll(() => context[Symbol.asyncDispose]());

describe.each(engines)('closing a month on %s', (engine) => {
  let store: Store;
  let registry: RegistryContract;
  let signers: EpochSigner[];
  beforeAll(async () => {
    store = await openTestStore(engine);
    signers = authoritiesOn(store, hash);
  });
  afterAll(() => closeTestStore(store));
  beforeEach(async () => {
    await clearStore(store);
    await fillLedger(store);
    registry = await deployRegistry(context);
  });

  const close = (changes: Partial<CloseOptions> = {}) =>
    closeEpoch({ store, registry, signers, submitter: context.payer, month, hash, ...changes });
  const published = () => allEpochs(registry);
  const states = async () => (await listEpochs(store)).map(({ state }) => state);
  const roots = async () => (await listEpochs(store)).map(({ root }) => root);

  it('builds it, has three authorities sign it and publishes it', async () => {
    const stages: string[] = [];
    const { epoch, signers: signed } = await close({ onProgress: (stage) => stages.push(stage) });
    expect(epoch).toMatchObject({ month, revision: 0, state: 'final', accountCount: 2 });
    expect(epoch.txHash).toMatch(/^0x[0-9a-f]{64}$/);
    expect(signed).toEqual([...addresses].sort());
    // Both trees, three signatures.
    expect(stages).toEqual(['build', 'build', 'sign', 'sign', 'sign', 'publish']);
    expect(await published()).toMatchObject([
      { root: epoch.root, month, revision: 0, accounts: 2 },
    ]);
    const receipt = await context.chain.reader.getTransactionReceipt({
      hash: epoch.txHash as `0x${string}`,
    });
    expect(receipt.to).toBe(registry.address);
  });

  it('does nothing where the month is closed', async () => {
    const first = await close();
    expect(await close()).toEqual(first);
    expect(await close({ signers: [] })).toEqual(first);
    expect(await published()).toHaveLength(1);
  });

  it('says which month lacks a quorum, and goes on when there is one', async () => {
    await expect(close({ signers: signers.slice(0, 1) })).rejects.toMatchObject({
      code: 'epoch.no_quorum',
      facts: { month: '2026-09', signatures: 1, quorum: 2 },
    });
    expect(await published()).toEqual([]);
    expect(await states()).toEqual(['built']);
    const { signers: signed } = await close({ signers: signers.slice(1, 2) });
    expect(signed).toEqual(addresses.slice(0, 2).sort());
    expect(await published()).toHaveLength(1);
  });

  it('follows one month with the next', async () => {
    const first = await close();
    const second = await close({ month: next });
    expect(await published()).toMatchObject([
      { root: first.epoch.root, month },
      { root: second.epoch.root, month: next },
    ]);
  });

  describe('with an authority that keeps records of its own', () => {
    let copy: Store;
    beforeAll(async () => {
      copy = await openTestStore('pglite');
    });
    afterAll(() => closeTestStore(copy));
    beforeEach(() => clearStore(copy));

    const withCopy = () => [...signers.slice(0, 2), ...authoritiesOn(copy, hash).slice(2)];

    it('is signed where they agree', async () => {
      await fillLedger(copy);
      await buildEpoch(copy, { month, hash });
      const { signers: signed } = await close({ signers: withCopy() });
      expect(signed).toHaveLength(3);
    });

    it('is refused, and not published, where one amount differs', async () => {
      await fillLedger(copy, { base: '5000.01' });
      await buildEpoch(copy, { month, hash });
      await expect(close({ signers: withCopy() })).rejects.toMatchObject({
        code: 'epoch.roots_differ',
        facts: { month: '2026-09', authority: addresses[2] },
      });
      expect(await published()).toEqual([]);
      const [epoch] = await listEpochs(store);
      expect(await listSignatures(store, epoch?.id ?? 0)).toHaveLength(2);
    });
  });

  it('is refused where records change after the root was built', async () => {
    await buildEpoch(store, { month, hash });
    const setBase = (base_fen: number) =>
      store.db.updateTable('record').set({ base_fen }).execute();
    await setBase(1);
    await expect(close()).rejects.toMatchObject({
      code: 'epoch.roots_differ',
      facts: { authority: addresses[0] },
    });
    expect(await published()).toEqual([]);
    expect(await states()).toEqual(['built']);
    await setBase(500_000);
    expect((await close()).epoch.state).toBe('final');
  });

  describe('cut short', () => {
    /** Signers of whom one fails before it signs, and how many roots they have rebuilt. */
    const failingAt = (failing: number): EpochSigner[] =>
      signers.map((signer, i) => ({
        account: signer.account,
        rebuild: i === failing ? () => Promise.reject(cut) : signer.rebuild,
      }));
    const failingOn = (failing: string) => (stage: string) => {
      if (stage === failing) throw cut;
    };

    it.each<[string, () => Partial<CloseOptions>, string[], number]>([
      ['while it is built', () => ({ onProgress: failingOn('build') }), [], 0],
      ['when it is built', () => ({ signers: failingAt(0) }), ['built'], 0],
      ['after one signature', () => ({ signers: failingAt(1) }), ['built'], 0],
      ['after two signatures', () => ({ signers: failingAt(2) }), ['signed'], 0],
      ['before it is submitted', () => ({ onProgress: failingOn('publish') }), ['signed'], 0],
      [
        'after submission, before that was written down',
        () => ({ store: breakingStore(store, movesTo('submitted')) }),
        ['signed'],
        1,
      ],
      [
        'before the chain was saved',
        () => ({ persistChain: () => Promise.reject(cut) }),
        ['submitted'],
        1,
      ],
      [
        'before it is final',
        () => ({ store: breakingStore(store, movesTo('final')) }),
        ['submitted'],
        1,
      ],
    ])('%s, it is finished by running it again', async (_, fault, left, onChain) => {
      await expect(close(fault())).rejects.toBe(cut);
      expect(await states()).toEqual(left);
      expect(await published()).toHaveLength(onChain);
      const { epoch, signers: signed } = await close();
      expect(epoch.state).toBe('final');
      expect(signed).toHaveLength(3);
      expect(await published()).toMatchObject([{ root: epoch.root, month, revision: 0 }]);
    });

    it('asks nobody twice for a signature', async () => {
      await expect(close({ signers: failingAt(2) })).rejects.toBe(cut);
      let asked = 0;
      const counting = signers.map(({ account, rebuild }) => ({
        account,
        rebuild: (...args: Parameters<typeof rebuild>) => {
          asked++;
          return rebuild(...args);
        },
      }));
      await close({ signers: counting });
      expect(asked).toBe(1);
    });

    it('at any statement that may write, it leaves no second root and no second publication', async () => {
      const run = (failing: number) => {
        let count = 0;
        const broken = breakingStore(store, (node) => mayWrite(node) && ++count === failing);
        return close({ store: broken }).then(
          () => ({ count, failed: false }),
          (error: unknown) => {
            expect(error).toBe(cut);
            return { count, failed: true };
          },
        );
      };
      const { count: statements } = await run(0);
      expect(statements).toBeGreaterThan(10);
      for (let failing = 1; failing <= statements; failing++) {
        await clearEpochs(store);
        registry = await deployRegistry(context);
        expect(await run(failing), `statement ${failing}`).toMatchObject({ failed: true });
        const { epoch } = await close();
        expect(epoch.state, `statement ${failing}`).toBe('final');
        expect(await published(), `statement ${failing}`).toMatchObject([{ root: epoch.root }]);
        expect(await roots(), `statement ${failing}`).toEqual([epoch.root]);
      }
    });

    it('and lost by the chain, it is submitted again', async () => {
      const node = createTestClient({ mode: 'anvil', transport: http(context.node.url) });
      const before = await node.snapshot();
      await expect(close({ persistChain: () => Promise.reject(cut) })).rejects.toBe(cut);
      await node.revert({ id: before });
      expect(await published()).toEqual([]);
      expect(await states()).toEqual(['submitted']);
      const { epoch } = await close();
      expect(epoch.state).toBe('final');
      expect(await published()).toMatchObject([{ root: epoch.root, month }]);
      const receipt = await context.chain.reader.getTransactionReceipt({
        hash: epoch.txHash as `0x${string}`,
      });
      expect(receipt.status).toBe('success');
    });

    it('it is finished before the next month, which the chain would not let it follow', async () => {
      await expect(close({ signers: failingAt(0) })).rejects.toBe(cut);
      const { epoch } = await close({ month: next });
      expect(await states()).toEqual(['final', 'final']);
      expect(await published()).toMatchObject([{ month }, { month: next, root: epoch.root }]);
    });

    it('it keeps the next month waiting while it has no quorum', async () => {
      await expect(close({ signers: [] })).rejects.toMatchObject({ code: 'epoch.no_quorum' });
      await expect(close({ month: next, signers: [] })).rejects.toMatchObject({
        code: 'epoch.no_quorum',
        facts: { month: '2026-09' },
      });
      expect(await states()).toEqual(['built']);
    });

    it('it needs no new signatures though another root follows it on the chain', async () => {
      await expect(close({ persistChain: () => Promise.reject(cut) })).rejects.toBe(cut);
      const [{ root: previous } = { root: 0n }] = await published();
      const other = commitment({ month: next, root: 7n, previous });
      await publishEpoch(registry, context.payer, other, await signatures(registry, other));
      const { epoch } = await close({ signers: failingAt(0) });
      expect(epoch.state).toBe('final');
      expect(await published()).toHaveLength(2);
    });
  });

  describe('once more, after a correction', () => {
    const revise = (changes: Partial<CloseOptions> = {}) => close({ revise: true, ...changes });

    it('publishes the new root behind the last one, and the old one is corrected', async () => {
      const first = await close();
      await context.pass(60);
      await importRows(store, longRow({ base: '6000' }));
      const second = await revise();
      expect(second.epoch).toMatchObject({ month, revision: 1, state: 'final' });
      expect(second.epoch.root).not.toBe(first.epoch.root);
      const rebuilt = await rebuildEpochRoot(store, { month, revision: 0, hash });
      expect(rebuilt).toBe(first.epoch.root);
      const [old, corrected] = await published();
      expect(old).toMatchObject({ root: first.epoch.root, correctedAt: corrected?.publishedAt });
      expect(corrected).toMatchObject({ root: second.epoch.root, revision: 1 });
      expect(corrected).not.toHaveProperty('correctedAt');
    });

    it('may be an older month', async () => {
      const first = await close();
      const second = await close({ month: next });
      await importRows(store, longRow({ base: '6000' }));
      const third = await revise();
      expect(await published()).toMatchObject([
        { root: first.epoch.root, month, revision: 0 },
        { root: second.epoch.root, month: next, revision: 0 },
        { root: third.epoch.root, month, revision: 1 },
      ]);
    });

    it('finishes the first closing, where that was cut short', async () => {
      await expect(close({ persistChain: () => Promise.reject(cut) })).rejects.toBe(cut);
      await importRows(store, longRow({ base: '6000' }));
      const { epoch } = await revise();
      expect(await states()).toEqual(['final', 'final']);
      expect(await published()).toMatchObject([{ revision: 0 }, { revision: 1, root: epoch.root }]);
    });

    it('publishes nothing where nothing changed', async () => {
      const first = await close();
      expect(await revise()).toEqual(first);
      // A later month's record does not change this one.
      await importRows(store, longRow({ owed: '2026-10' }));
      expect(await revise()).toEqual(first);
      expect(await published()).toHaveLength(1);
    });

    it('refuses to go back to a root that was published before', async () => {
      await close();
      await importRows(store, longRow({ base: '6000' }));
      await revise();
      await importRows(store, longRow({ base: '5000' }), longRow({ owed: '2026-10' }));
      await expect(revise()).rejects.toMatchObject({
        code: 'ledger.root_repeats',
        facts: { month: '2026-09', revision: 0 },
      });
      expect((await close({ month: next })).epoch.state).toBe('final');
      expect(await published()).toHaveLength(3);
    });
  });

  it('by several operators at once: one closes, the others are told, and there is one root', async () => {
    for (let round = 0; round < 4; round++) {
      await clearEpochs(store);
      registry = await deployRegistry(context);
      const outcomes = await Promise.allSettled([close(), close(), close()]);
      const closed = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      expect(closed.length).toBeGreaterThan(0);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') {
          expect(outcome.reason).toMatchObject({ code: 'epoch.closing' });
        }
      }
      const [epoch, ...others] = await listEpochs(store);
      expect(others).toEqual([]);
      expect(epoch?.state).toBe('final');
      expect(epoch?.txHash).toMatch(/^0x/);
      for (const { epoch: one } of closed) expect(one.root).toBe(epoch?.root);
      expect(await published()).toMatchObject([{ root: epoch?.root }]);
    }
  });

  it('by several operators who wait for each other, all of them see it final', async () => {
    const { root } = await buildEpoch(store, { month, hash });
    let running = 0;
    const alone = () => {
      expect(++running).toBe(1);
      return Promise.resolve().finally(() => running--);
    };
    const one = () => close({ wait: true, persistChain: alone });
    for (const { epoch } of await Promise.all([one(), one(), one()])) {
      expect(epoch).toMatchObject({ root, state: 'final' });
    }
    expect(await published()).toMatchObject([{ root }]);
  });

  it('lets the next closer in after one that failed', async () => {
    await expect(close({ signers: [] })).rejects.toMatchObject({ code: 'epoch.no_quorum' });
    expect((await close()).epoch.state).toBe('final');
  });
});
