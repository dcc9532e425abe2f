import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fr, toFr } from '../../src/core/field.ts';
import { addMonths, type MonthIndex, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { accountLeaf, accountParts } from '../../src/ledger/account.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { employerOpening } from '../../src/ledger/build/employer-opening.ts';
import { openingByIdNumber } from '../../src/ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { decodeTile } from '../../src/ledger/build/tile.ts';
import { packCreditCode, parseCreditCode } from '../../src/ledger/employer.ts';
import { epochRoot } from '../../src/ledger/epoch.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { countMonths, hasMonth } from '../../src/ledger/month-set.ts';
import type { KnownEmployerFile } from '../../src/ledger/sample/known-employers.ts';
import type { KnownPersonFile } from '../../src/ledger/sample/write-sample.ts';
import { enrolHolder } from '../../src/ledger/store/enrol-holder.ts';
import { startEpoch } from '../../src/ledger/store/epoch-build.ts';
import {
  listSignatures,
  markFinal,
  markSubmitted,
  markTakenBack,
  recordSignature,
} from '../../src/ledger/store/epoch-transitions.ts';
import { getEpoch, latestEpoch, listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { readTile } from '../../src/ledger/store/tiles.ts';
import { rootOf } from '../../src/ledger/tree.ts';
import {
  clearStore,
  closeTestStore,
  engines,
  ids,
  importDemo,
  longHeader,
  longMapping,
  longRow,
  openTestStore,
  pepper,
  present,
  withFolder,
} from './stores.ts';

let hash: Poseidon;
let people: KnownPersonFile[];
beforeAll(async () => {
  hash = await wasmPoseidon();
  people = JSON.parse(await readFile('demo/people.json', 'utf8'));
});
const idOf = (role: string) => people.find((one) => one.role === role)?.idNumber ?? '';
const october = parseMonth('2026-10');
const september = parseMonth('2026-09');

describe.each(engines)('epochs on %s', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));

  const build = (month: MonthIndex, revise = false) => buildEpoch(store, { month, hash, revise });
  const rebuild = (month: MonthIndex, revision = 0) =>
    rebuildEpochRoot(store, { month, revision, hash });
  const open = async (idNumber: string, month: MonthIndex, revision?: number) =>
    openingByIdNumber(store, { idNumber, pepper }, await getEpoch(store, month, revision), hash);
  const importRows = (...rows: string[]) =>
    withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      await writeFile(file, `${[longHeader, ...rows].join('\n')}\n`);
      return importFile(store, { file, mapping: longMapping(), pepper, present });
    });
  const sign = (id: number, authority: string) =>
    recordSignature(store, id, { authority, signature: `0x${authority}` }, 2);

  describe('of the demo’s ledger', () => {
    beforeAll(async () => {
      await clearStore(store);
      await importDemo(store);
      await build(september);
      await build(october);
    });

    it('have the root that the records alone give', async () => {
      for (const month of [september, october]) {
        const epoch = await getEpoch(store, month);
        expect(epoch).toMatchObject({ state: 'built', revision: 0, accountCount: 26 });
        expect(epoch.root).toBe(epochRoot(epoch.accountsRoot, epoch.employersRoot, month, hash));
        expect(await rebuild(month)).toBe(epoch.root);
      }
    });

    it('hash only the accounts that the month changed', async () => {
      const { changedAccounts } = await getEpoch(store, october);
      expect(changedAccounts).toBeGreaterThan(0);
      expect(changedAccounts).toBeLessThan(26);
    });

    it('open every person’s account under each root, and hold the leaf it hashes to', async () => {
      for (const month of [september, october]) {
        const epoch = await getEpoch(store, month);
        const foot = decodeTile(
          await readTile(store.db, { tree: 'accounts', level: 0, index: 0 }, epoch.id),
        );
        for (const { idNumber } of people) {
          const { account, holderCommitment, inclusion } = await open(idNumber, month);
          const leaf = accountLeaf(accountParts(account, holderCommitment, hash), hash);
          expect(rootOf(leaf, inclusion, hash)).toBe(epoch.accountsRoot);
          expect(foot[inclusion.index]).toBe(leaf);
        }
      }
    });

    it('tell of the known people what people.json says', async () => {
      for (const person of people) {
        const { account } = await open(person.idNumber, october);
        const pension = account.coverage[0] ?? { paid: 0n, late: 0n };
        const whole = [parseMonth('1990-01'), october] as const;
        expect(countMonths(pension.paid, ...whole), person.role).toBe(person.paidMonths);
        expect(countMonths(pension.late, ...whole), person.role).toBe(person.lateMonths);
        expect(account.profile.birthMonth, person.role).toBe(BigInt(parseMonth(person.birth)));
        const run = account.employerRuns.at(-1);
        const code = person.employer && packCreditCode(parseCreditCode(person.employer));
        expect(run?.place ?? null, person.role).toBe(code);
      }
    });

    it('tell of the known employers what employers.json says, of each an account', async () => {
      const known: KnownEmployerFile[] = JSON.parse(await readFile('demo/employers.json', 'utf8'));
      expect(known.map(({ role }) => role)).toEqual(['in-good-standing', 'in-arrears']);
      const epoch = await getEpoch(store, october);
      const codes = await store.db.selectFrom('employer').select('credit_code').execute();
      expect(epoch.employerCount).toBe(codes.length);
      for (const { credit_code } of codes) {
        const code = parseCreditCode(credit_code);
        const { employer } = await employerOpening(store, code, epoch, hash);
        const told = known.find(({ creditCode }) => creditCode === credit_code);
        if (!told) continue;
        const { role, people, monthsInFull, unpaidMonths } = told;
        expect(employer.headCounts[0], role).toBe(people);
        expect(employer.unpaidMonths, role).toBe(unpaidMonths);
        const first = addMonths(october, 1 - monthsInFull);
        expect(countMonths(employer.paidInFull, first, october), role).toBe(monthsInFull);
        expect(hasMonth(employer.paidInFull, addMonths(first, -1)), role).toBe(false);
      }
      expect(known.map(({ unpaidMonths }) => unpaidMonths > 0)).toEqual([false, true]);
    });

    it('have the known people a demonstration needs', async () => {
      const paid = async (role: string, from: string) => {
        const { account } = await open(idOf(role), october);
        return account.coverage.map(({ paid }) => countMonths(paid, parseMonth(from), october));
      };
      expect(await paid('steady-employee', '2025-11')).toEqual([12, 12, 12, 12, 12]);
      expect(await paid('points-settlement', '2019-11')).toEqual([84, 84, 84, 84, 84]);
      expect(
        people.find(({ role }) => role === 'points-settlement')?.lateMonths,
      ).toBeLessThanOrEqual(5);
      expect(people.find(({ role }) => role === 'back-paid')?.lateMonths).toBeGreaterThan(5);
      expect(
        people.find(({ role }) => role === 'pension-ready')?.paidMonths,
      ).toBeGreaterThanOrEqual(180);
      expect(people.find(({ role }) => role === 'pension-short')?.paidMonths).toBeLessThan(180);
      const { account } = await open(idOf('moved-cities'), october);
      expect(account.regionRuns.map(({ place }) => place)).toEqual([350100n, 350200n]);
    });

    it('are returned as they are when closed again', async () => {
      const before = await listEpochs(store);
      expect(await build(october)).toEqual(before[1]);
      expect(await listEpochs(store)).toEqual(before);
      expect((await latestEpoch(store))?.month).toBe(october);
    });

    it('refuse strangers', async () => {
      await expect(open(ids[0], october)).rejects.toMatchObject({ code: 'ledger.unknown_person' });
      await expect(open('123', october)).rejects.toMatchObject({ code: 'ledger.bad_id_number' });
      await expect(getEpoch(store, parseMonth('2020-01'))).rejects.toMatchObject({
        code: 'ledger.unknown_epoch',
      });
    });

    it('notice a record that was changed behind their back', async () => {
      const idNumber = idOf('steady-employee');
      const { inclusion } = await open(idNumber, october);
      const tamper = (base_fen: number) =>
        store.db
          .updateTable('record')
          .set({ base_fen })
          .where('account_index', '=', inclusion.index)
          .where('month', '=', parseMonth('2020-01'))
          .where('insurance', '=', 0)
          .execute();
      const { base_fen } = await store.db
        .selectFrom('record')
        .select('base_fen')
        .where('account_index', '=', inclusion.index)
        .where('month', '=', parseMonth('2020-01'))
        .where('insurance', '=', 0)
        .executeTakeFirstOrThrow();
      await tamper(base_fen + 1);
      await expect(open(idNumber, october)).rejects.toMatchObject({ code: 'ledger.leaf_mismatch' });
      expect(await rebuild(october)).not.toBe((await getEpoch(store, october)).root);
      await tamper(base_fen);
      expect(await rebuild(october)).toBe((await getEpoch(store, october)).root);
    });
  });

  describe('in the course of time', () => {
    beforeAll(() => clearStore(store));

    it('need accounts', async () => {
      await expect(build(september)).rejects.toMatchObject({ code: 'ledger.epoch_empty' });
    });

    it('leave the past as it was through corrections, enrolments and newcomers', async () => {
      await importRows(longRow({ base: '5000' }), longRow({ owed: '2026-02' }));
      const first = await build(september);
      const before = await open(ids[0], september);

      await importRows(longRow({ base: '6000' }), longRow({ id: ids[1] }));
      const commitment = toFr(12345n);
      await enrolHolder(store, { idNumber: ids[0], pepper, commitment, identityMonth: october });
      const second = await build(october);

      expect(second).toMatchObject({ accountCount: 2, changedAccounts: 2 });
      expect(await rebuild(september)).toBe(first.root);
      expect(await rebuild(october)).toBe(second.root);
      expect(await open(ids[0], september)).toEqual(before);
      const after = await open(ids[0], october);
      expect(after.account.months[0]?.baseFen).toBe(600_000);
      expect(after).toMatchObject({ holderCommitment: commitment });
      expect(after.account.profile.identityMonth).toBe(BigInt(october));
      await expect(open(ids[1], september)).rejects.toMatchObject({ code: 'ledger.not_in_epoch' });
    });

    it('are closed in order', async () => {
      await expect(build(parseMonth('2026-08'))).rejects.toMatchObject({
        code: 'ledger.month_behind',
      });
    });

    it('go from built to signed with a quorum, then submitted, then final', async () => {
      const { id } = await getEpoch(store, october);
      const notYet = { code: 'ledger.bad_transition' };
      await expect(markSubmitted(store, id, '0xabc')).rejects.toMatchObject(notYet);
      expect((await sign(id, 'a')).state).toBe('built');
      expect((await sign(id, 'a')).state).toBe('built');
      await expect(build(october, true)).rejects.toMatchObject(notYet);
      expect((await sign(id, 'b')).state).toBe('signed');
      expect(await listSignatures(store, id)).toEqual([
        { authority: 'a', signature: '0xa' },
        { authority: 'b', signature: '0xb' },
      ]);
      await expect(markFinal(store, id)).rejects.toMatchObject(notYet);
      expect(await markSubmitted(store, id, '0xabc')).toMatchObject({
        state: 'submitted',
        txHash: '0xabc',
      });
      expect((await markSubmitted(store, id, '0xdef')).txHash).toBe('0xdef');
      expect((await markFinal(store, id)).state).toBe('final');
      expect((await markFinal(store, id)).state).toBe('final');
      await expect(sign(id, 'c')).rejects.toMatchObject(notYet);
    });

    it('go back to submitted where the chain lost them, and may be signed there', async () => {
      const { id } = await getEpoch(store, october);
      expect(await markTakenBack(store, id)).toMatchObject({ state: 'submitted', txHash: '0xdef' });
      expect((await markTakenBack(store, id)).state).toBe('submitted');
      expect((await sign(id, 'a')).state).toBe('submitted');
      expect((await markFinal(store, id)).state).toBe('final');
    });

    it('are revised under the next number once published', async () => {
      const old = await getEpoch(store, october);
      await importRows(longRow({ owed: '2026-03' }));
      const revised = await build(october, true);
      expect(revised).toMatchObject({ revision: 1, changedAccounts: 1, state: 'built' });
      expect(revised.root).not.toBe(old.root);
      expect((await getEpoch(store, october)).id).toBe(revised.id);
      expect((await getEpoch(store, october, 0)).root).toBe(old.root);
      expect(await rebuild(october, 0)).toBe(old.root);
      expect(await rebuild(october, 1)).toBe(revised.root);
      expect((await open(ids[0], october, 0)).account.months).toHaveLength(2);
      expect((await open(ids[0], october, 1)).account.months).toHaveLength(3);
    });

    it('are built anew under their number while nobody signed', async () => {
      await importRows(longRow({ owed: '2026-04' }));
      const again = await build(october, true);
      expect(again.revision).toBe(1);
      expect(await rebuild(october, 1)).toBe(again.root);
      expect((await open(ids[0], october)).account.months).toHaveLength(4);
      await expect(build(parseMonth('2026-11'), true)).rejects.toMatchObject({
        code: 'ledger.unknown_epoch',
      });
    });

    it('show nothing of a build that was killed; the next one completes it', async () => {
      const november = parseMonth('2026-11');
      const before = await listEpochs(store);
      await startEpoch(store, november, false);
      expect(await listEpochs(store)).toEqual(before);
      await expect(getEpoch(store, november)).rejects.toMatchObject({
        code: 'ledger.unknown_epoch',
      });
      const epoch = await build(november);
      expect(epoch).toMatchObject({ month: november, revision: 0 });
      expect(await rebuild(november)).toBe(epoch.root);
    });

    it('closed by two operators at once have one root', async () => {
      const december = parseMonth('2026-12');
      const results = await Promise.allSettled([build(december), build(december), build(december)]);
      const roots = results.flatMap((one) => (one.status === 'fulfilled' ? [one.value.root] : []));
      expect(new Set(roots).size).toBe(1);
      for (const result of results) {
        if (result.status === 'rejected') {
          expect(result.reason).toMatchObject({ code: 'ledger.epoch_conflict' });
        }
      }
      expect((await listEpochs(store)).filter(({ month }) => month === december)).toHaveLength(1);
      expect(await rebuild(december)).toBe((await getEpoch(store, december)).root);
    });
  });

  describe('enrolment', () => {
    const enrol = (commitment: Fr, idNumber: string = ids[0], key = pepper) =>
      enrolHolder(store, { idNumber, pepper: key, commitment, identityMonth: october });

    beforeAll(async () => {
      await clearStore(store);
      await importRows(longRow(), longRow({ id: ids[1] }));
    });

    it('begins with a secret placeholder, of its own for everyone', async () => {
      await build(september);
      const [one, two] = [await open(ids[0], september), await open(ids[1], september)];
      expect(one.holderCommitment).not.toBe(two.holderCommitment);
      expect(one.account.profile.identityMonth).toBe(0n);
    });

    it('counts the last key and keeps the ones before', async () => {
      expect([await enrol(toFr(1n)), await enrol(toFr(2n)), await enrol(toFr(2n))]).toEqual([
        0, 0, 0,
      ]);
      await build(october);
      expect((await open(ids[0], october)).holderCommitment).toBe(2n);
      const history = await store.db.selectFrom('enrolment').select('id').execute();
      expect(history).toHaveLength(2);
    });

    it('refuses strangers and another person’s key', async () => {
      await expect(enrol(toFr(2n), ids[1])).rejects.toMatchObject({
        code: 'ledger.commitment_taken',
      });
      await expect(enrol(toFr(3n), idOf('pensioner'))).rejects.toMatchObject({
        code: 'ledger.unknown_person',
      });
      await expect(enrol(toFr(3n), '1')).rejects.toMatchObject({ code: 'ledger.bad_id_number' });
    });
  });
});
