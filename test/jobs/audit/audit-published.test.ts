import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signAuthorityChange } from '../../../src/chain/authority-change.ts';
import { changeAuthorities } from '../../../src/chain/change-authorities.ts';
import {
  allEpochs,
  type RegistryContract,
  registryAuthorities,
} from '../../../src/chain/registry.ts';
import { toEpochRoot } from '../../../src/core/brands.ts';
import { addMonths, parseMonth } from '../../../src/core/month.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { auditLedger } from '../../../src/jobs/audit/audit-ledger.ts';
import { auditSnapshot } from '../../../src/jobs/audit/audit-snapshot.ts';
import { decodeNotes, encodeNotes } from '../../../src/jobs/audit/notes.ts';
import { readRegistry } from '../../../src/jobs/audit/registry-view.ts';
import { closeEpoch } from '../../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import type { Store } from '../../../src/ledger/store/open-store.ts';
import {
  clearStore,
  closeTestStore,
  engines,
  longRow,
  openTestStore,
} from '../../ledger/stores.ts';
import { startTestChain, type TestChain, testAuthorities } from '../../support/test-chain.ts';
import { authoritiesOn, cut, deployRegistry, fillLedger, importRows } from '../closing.ts';

const month = parseMonth('2026-09');
const next = addMonths(month, 1);
const at = 1_790_000_000;

let hash: Poseidon;
let context: TestChain;
beforeAll(async () => {
  hash = await wasmPoseidon();
  context = await startTestChain();
});
afterAll(() => context[Symbol.asyncDispose]());

describe.each(engines)('an audit beside a bureau at work, on %s', (engine) => {
  let store: Store;
  let registry: RegistryContract;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));
  beforeEach(async () => {
    await clearStore(store);
    await fillLedger(store);
    registry = await deployRegistry(context);
  });

  const close = (changes: Partial<Parameters<typeof closeEpoch>[0]> = {}) =>
    closeEpoch({
      ...{ store, registry, signers: authoritiesOn(store, hash), submitter: context.payer },
      ...{ month, hash, ...changes },
    });
  const audit = (changes: Partial<Parameters<typeof auditSnapshot>[0]> = {}) =>
    auditSnapshot({ store, published: registry, hash, ...changes });

  it('finds nothing, however the ledger has grown since the notes were taken', async () => {
    await close();
    const { findings, notes, unchecked } = await audit({ notesAt: at });
    expect(findings).toEqual([]);
    expect(unchecked).toEqual([]);
    await importRows(store, longRow({ base: '6000' }), longRow({ owed: '2026-02' }));
    await close({ month: next });
    await close({ revise: true });
    if (!notes) throw new Error('no notes');
    const read = decodeNotes(JSON.parse(JSON.stringify(encodeNotes(notes))));
    expect(read).toEqual(notes);
    const later = await audit({ notes: [read], others: [{ name: 'old', epochs: [] }] });
    expect(later.findings).toEqual([]);
    expect(later.epochs.map(({ ok }) => ok)).toEqual([true, true, true]);
    // An export from before the correction: nothing in it is wrong, it is only old.
    const old = (await allEpochs(registry)).slice(0, 1);
    const asThen = old.map(({ supersededAt: _, correctedAt: __, ...epoch }) => epoch);
    const others = [{ name: 'old', epochs: asThen }];
    expect((await audit({ others })).findings).toEqual([]);
  });

  it('takes a month that is on its way for what it is', async () => {
    await expect(close({ persistChain: () => Promise.reject(cut) })).rejects.toBe(cut);
    expect((await audit()).findings).toEqual([]); // submitted, and there
    await store.db.updateTable('epoch').set({ state: 'signed' }).execute();
    expect((await audit()).findings).toEqual([
      {
        code: 'audit.state_behind',
        facts: { epoch: '2026-09', state: 'signed', source: 'chain' },
      },
    ]);
    await close();
    expect((await audit()).findings).toEqual([]);
  });

  it('does not take a month published after its snapshot for one withheld from it', async () => {
    await close();
    const view = await readRegistry(registry);
    const { epochs } = view;
    const newer = epochs.map((epoch) => ({ ...epoch, month: next, root: toEpochRoot(7n) }));
    const published = { ...view, log: undefined, epochs: [...epochs, ...newer] };
    const codes = async (publishedBefore?: number) => {
      const known = publishedBefore === undefined ? {} : { publishedBefore };
      const { findings } = await auditLedger({ store, hash, published, ...known });
      return findings.map(({ code }) => code);
    };
    expect(await codes()).toContain('audit.epoch_omitted');
    expect(await codes(1)).not.toContain('audit.epoch_omitted');
  });

  it.runIf(engine === 'postgres')('is not disturbed by a closing that runs meanwhile', async () => {
    await close();
    for (let round = 0; round < 3; round++) {
      let closing: Promise<unknown> | undefined;
      const report = await audit({
        onProgress: () => {
          closing ??= close({ month: addMonths(next, round) });
        },
      });
      await closing;
      expect(report.findings).toEqual([]);
    }
    const done = await audit();
    expect(done.findings).toEqual([]);
    expect(done.epochs).toHaveLength(4);
  });

  it('judges signatures by who was an authority at the time', async () => {
    const first = await close();
    expect(first.signers).toHaveLength(3);
    const [removed, ...others] = testAuthorities;
    if (!removed) throw new Error('no authority');
    const { lastChange: previousChange } = await registryAuthorities(registry);
    const change = { previousChange, added: [], removed: [removed.address], quorum: 2 };
    const domain = { chainId: context.chain.chainId, registry: registry.address };
    const signed = await Promise.all(others.map((one) => signAuthorityChange(domain, one, change)));
    await changeAuthorities(registry, context.payer, change, signed);
    const second = await close({ month: next });
    expect(second.signers).toHaveLength(2);
    expect((await audit()).findings).toEqual([]);

    const view = await readRegistry(registry);
    const log = view.log === 'gap' ? [] : (view.log ?? []);
    expect(log.map(({ authorities, quorum }) => [authorities.length, quorum])).toEqual([
      [3, undefined],
      [2, 2],
    ]);
    // As if the one who was removed had signed the second month as well.
    const late = log.map((one, i) =>
      i === 1 ? { ...one, signers: [removed.address.toLowerCase(), ...one.signers.slice(1)] } : one,
    );
    const { findings } = await auditLedger({ store, hash, published: { ...view, log: late } });
    expect(findings).toContainEqual({
      code: 'audit.signer_unknown',
      facts: { epoch: '2026-10', authority: removed.address.toLowerCase() },
    });
    const gap = await auditLedger({ store, hash, published: { ...view, log: 'gap' } });
    expect(gap.findings).toEqual([{ code: 'audit.log_gap', facts: { source: 'chain' } }]);
  });

  it('says what it could not check', async () => {
    await close();
    const epochs = await allEpochs(registry);
    const file = await audit({ published: { name: 'epochs.json', epochs } });
    expect(file).toMatchObject({ findings: [], unchecked: ['no_chain'] });
    const view = await readRegistry(registry);
    const noLog = await auditLedger({ store, hash, published: { ...view, log: undefined } });
    expect(noLog).toMatchObject({ findings: [], unchecked: ['no_log'] });
  });
});
