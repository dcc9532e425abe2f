import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { toFr } from '../../src/core/field.ts';
import { addMonths, formatMonth, type MonthIndex, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { buildEmployer } from '../../src/ledger/build/build-employer.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { employerOpening } from '../../src/ledger/build/employer-opening.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { emptyFoot, TILE_LEVELS } from '../../src/ledger/build/tile.ts';
import { packCreditCode, parseCreditCode } from '../../src/ledger/employer.ts';
import { employerLeaf, employerParts, MAX_HEAD_COUNT } from '../../src/ledger/employer-account.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { countMonths, hasMonth, LEDGER_END, monthBit } from '../../src/ledger/month-set.ts';
import { enrolEmployer } from '../../src/ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../src/ledger/store/enrol-holder.ts';
import {
  markFinal,
  markSubmitted,
  recordSignature,
} from '../../src/ledger/store/epoch-transitions.ts';
import { listEpochs, type StoredEpoch } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { rootOf } from '../../src/ledger/tree.ts';
import {
  clearStore,
  closeTestStore,
  employers,
  engines,
  ids,
  longHeader,
  longMapping,
  longRow,
  openTestStore,
  pepper,
  withFolder,
} from './stores.ts';

/** A root is published once: a month that is again what an older revision was stays as it is. */
function unlessRepeated(error: unknown): undefined {
  if (error instanceof CanbaoError && error.code === 'ledger.root_repeats') return undefined;
  throw error;
}

const [first, second] = employers.map(parseCreditCode) as [
  ReturnType<typeof parseCreditCode>,
  ReturnType<typeof parseCreditCode>,
];
const october = parseMonth('2026-10');
const at = parseMonth;

let hash: Poseidon;
beforeAll(async () => {
  hash = await wasmPoseidon();
});

describe('an employer', () => {
  const build = (months: Parameters<typeof buildEmployer>[0]['months'], asOf = october) =>
    buildEmployer({ creditCode: first, months, identityMonth: 0 }, asOf);

  it('has paid a month in full if something was owed and all of it is paid', () => {
    const employer = build([
      { month: at('2026-08'), people: 3, unpaid: 0 },
      { month: at('2026-09'), people: 2, unpaid: 1 },
    ]);
    expect(employer.paidInFull).toBe(monthBit(at('2026-08')));
    expect(employer.unpaidMonths).toBe(1);
    expect(employer.headCounts.slice(0, 4)).toEqual([0, 2, 3, 0]);
    expect(employer.creditCode).toBe(packCreditCode(first));
  });

  it('knows nothing owed after its month', () => {
    expect(build([{ month: addMonths(october, 1), people: 3, unpaid: 2 }])).toEqual(build([]));
  });

  it('counts heads of 24 months, and never more than 16 bits hold', () => {
    const months = [0, 23, 24].map((ago) => ({
      month: addMonths(october, -ago),
      people: 70_000,
      unpaid: 0,
    }));
    const { headCounts } = build(months);
    expect(headCounts).toHaveLength(24);
    expect([headCounts[0], headCounts[1], headCounts[23]]).toEqual([
      MAX_HEAD_COUNT,
      0,
      MAX_HEAD_COUNT,
    ]);
  });

  it('goes on counting beyond the months that coverage bits reach', () => {
    const later = addMonths(LEDGER_END, 2);
    const employer = build([{ month: later, people: 5, unpaid: 0 }], later);
    expect(employer).toMatchObject({ paidInFull: 0n, unpaidMonths: 0 });
    expect(employer.headCounts[0]).toBe(5);
  });
});

describe.each(engines)('employers on %s', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));
  beforeEach(() => clearStore(store));

  const build = (month: MonthIndex, revise = false) => buildEpoch(store, { month, hash, revise });
  const rebuild = ({ month, revision }: StoredEpoch) =>
    rebuildEpochRoot(store, { month, revision, hash });
  const open = (code: typeof first, epoch: StoredEpoch) =>
    employerOpening(store, code, epoch, hash);
  const importRows = (rows: readonly string[]) =>
    withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      await writeFile(file, `${[longHeader, ...rows].join('\n')}\n`);
      return importFile(store, { file, mapping: longMapping(), pepper, present: october });
    });

  /** Once published, an epoch is corrected by the next revision, which starts from it. */
  async function publish({ id, state }: StoredEpoch): Promise<void> {
    if (state !== 'built') return;
    await recordSignature(store, id, { authority: 'a', signature: '0xa' }, 1);
    await markSubmitted(store, id, '0xabc');
    await markFinal(store, id);
  }

  /** What an employer's account must be, one condition after the other over the raw versions. */
  async function expected(code: string, epoch: StoredEpoch) {
    const versions = await store.db.selectFrom('record').selectAll().execute();
    const effective = versions.filter(
      (row) =>
        row.employer === code &&
        row.month <= epoch.month &&
        row.id <= epoch.recordCutoff &&
        (row.superseded_by === null || row.superseded_by > epoch.recordCutoff),
    );
    const of = (month: number) => effective.filter((row) => row.month === month);
    return {
      isInFull: (month: number) => of(month).length > 0 && of(month).every((row) => row.paid),
      headCounts: Array.from({ length: 24 }, (_, ago) => {
        const payers = of(epoch.month - ago).filter((row) => row.paid);
        return new Set(payers.map((row) => row.account_index)).size;
      }),
      unpaidMonths: effective.filter((row) => !row.paid).length,
    };
  }

  async function expectRight(code: typeof first, epoch: StoredEpoch): Promise<void> {
    const { employer, holderCommitment, inclusion } = await open(code, epoch);
    const { isInFull, ...facts } = await expected(code, epoch);
    expect(employer).toMatchObject({ ...facts, creditCode: packCreditCode(code) });
    for (let month = at('2022-01'); month <= epoch.month; month = addMonths(month, 1)) {
      expect(hasMonth(employer.paidInFull, month), formatMonth(month)).toBe(isInFull(month));
    }
    const leaf = employerLeaf(employerParts(employer, holderCommitment, hash), hash);
    expect(rootOf(leaf, inclusion, hash)).toBe(epoch.employersRoot);
  }

  it('of any history stand as the records say, then and later', async () => {
    const row = fc.record({
      id: fc.constantFrom(...ids),
      owed: fc
        // Few months, so that files correct each other; some at the edge of the head-counts.
        .constantFrom(0, 1, 2, 23, 24, 30)
        .map((ago) => formatMonth(addMonths(october, -ago))),
      insurance: fc.constantFrom('p', 'm'),
      place: fc.constantFrom(
        { employer: first, category: 'e' },
        { employer: second, category: 'e' },
        { employer: '', category: 'f' },
      ),
      paid: fc.constantFrom('y', 'y', 'n'),
    });
    const file = fc.array(row, { minLength: 1, maxLength: 12 });
    // Months between one closing and the next; 0 corrects the last month.
    const later = fc.constantFrom(0, 0, 1, 2);
    const history = fc.array(fc.tuple(file, later, fc.boolean()), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(history, async (steps) => {
        await clearStore(store);
        let month = at('2026-07');
        for (const [rows, later, isPublished] of steps) {
          await importRows(
            rows.map(({ place, owed, paid, ...cells }) =>
              longRow({ ...cells, ...place, owed, paid, settled: paid === 'y' ? owed : '' }),
            ),
          );
          month = addMonths(month, later);
          const isClosed = (await listEpochs(store)).at(-1)?.month === month;
          const epoch = await build(month, isClosed).catch(unlessRepeated);
          if (epoch && isPublished) await publish(epoch);
        }
        const places = await store.db.selectFrom('employer').selectAll().execute();
        for (const epoch of await listEpochs(store)) {
          expect(await rebuild(epoch)).toBe(epoch.root);
          for (const { credit_code, employer_index } of places) {
            if (employer_index < epoch.employerCount) {
              await expectRight(parseCreditCode(credit_code), epoch);
            }
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('are an empty tree until one is seen', async () => {
    await importRows([longRow({ employer: '', category: 'f' })]);
    const epoch = await build(october);
    expect(epoch).toMatchObject({ employerCount: 0, changedEmployers: 0 });
    expect(epoch.employersRoot).toBe(emptyFoot(TILE_LEVELS, hash));
    expect(await rebuild(epoch)).toBe(epoch.root);
  });

  it('are hashed again only where something changed', async () => {
    await importRows([longRow(), longRow({ id: ids[1], employer: second, owed: '2024-01' })]);
    expect(await build(at('2026-06'))).toMatchObject({ employerCount: 2, changedEmployers: 2 });

    // Nobody pays any more, but the first one's heads lie a month further back.
    const july = await build(at('2026-07'));
    expect(july).toMatchObject({ changedEmployers: 1 });
    expect((await open(first, july)).employer.headCounts.indexOf(1)).toBe(6);
    expect(await rebuild(july)).toBe(july.root);

    // A correction to another employer changes both, even where the epoch before had the same month.
    await publish(july);
    await importRows([longRow({ employer: second })]);
    const revised = await build(at('2026-07'), true);
    expect(revised).toMatchObject({ changedEmployers: 2, changedAccounts: 1 });
    expect((await open(first, revised)).employer.paidInFull).toBe(0n);
    expect(
      countMonths((await open(second, revised)).employer.paidInFull, at('2024-01'), october),
    ).toBe(2);
    expect(await rebuild(revised)).toBe(revised.root);

    // And one to nobody the one it leaves.
    await publish(revised);
    await importRows([longRow({ employer: '', category: 'f' })]);
    const again = await build(at('2026-07'), true);
    expect(again).toMatchObject({ revision: 2, changedEmployers: 1 });
    expect(await rebuild(again)).toBe(again.root);
    await expectRight(second, again);
  });

  it('see no place in an epoch closed before they were known', async () => {
    await importRows([longRow()]);
    const june = await build(at('2026-06'));
    await importRows([longRow({ id: ids[1], employer: second })]);
    await expect(open(second, june)).rejects.toMatchObject({
      code: 'ledger.employer_not_in_epoch',
    });
    const unknown = parseCreditCode('91350200M0001AAA3H');
    await expect(open(unknown, june)).rejects.toMatchObject({ code: 'ledger.unknown_employer' });
    expect((await open(second, await build(october))).inclusion.index).toBe(1);
    expect(await rebuild(june)).toBe(june.root);
  });

  it('are found out where a record was changed behind the ledger’s back', async () => {
    await importRows([longRow(), longRow({ insurance: 'm' })]);
    const epoch = await build(october);
    const pay = (paid: boolean) =>
      store.db.updateTable('record').set({ paid }).where('insurance', '=', 1).execute();
    await pay(false);
    await expect(open(first, epoch)).rejects.toMatchObject({ code: 'ledger.leaf_mismatch' });
    await pay(true);
    await expectRight(first, epoch);
  });

  describe('enrol', () => {
    const enrol = (commitment: bigint, creditCode = first) =>
      enrolEmployer(store, { creditCode, commitment: toFr(commitment), identityMonth: october });
    beforeEach(() => importRows([longRow(), longRow({ id: ids[1], employer: second })]));

    it('a key that counts from the next epoch on; before it a secret of their own', async () => {
      const september = await build(at('2026-09'));
      expect([await enrol(7n), await enrol(8n), await enrol(8n)]).toEqual([0, 0, 0]);
      const before = await open(first, september);
      expect(before.holderCommitment).toBeGreaterThan(8n);
      expect(before.holderCommitment).not.toBe((await open(second, september)).holderCommitment);
      expect(before.employer.identityMonth).toBe(0);

      const epoch = await build(october);
      const after = await open(first, epoch);
      expect(after).toMatchObject({ holderCommitment: 8n, employer: { identityMonth: october } });
      expect(await rebuild(epoch)).toBe(epoch.root);

      await publish(epoch);
      await enrol(9n);
      const revised = await build(october, true);
      expect(revised).toMatchObject({ revision: 1, changedEmployers: 1, changedAccounts: 0 });
      expect((await open(first, revised)).holderCommitment).toBe(9n);
      expect(await rebuild(revised)).toBe(revised.root);
      expect(await store.db.selectFrom('enrolment').select('id').execute()).toHaveLength(3);
    });

    it('no key of another employer or of a person, nor the reverse', async () => {
      const taken = { code: 'ledger.commitment_taken' };
      const person = (commitment: bigint, idNumber: string = ids[0]) =>
        enrolHolder(store, {
          ...{ idNumber, pepper, commitment: toFr(commitment), identityMonth: october },
        });
      await enrol(7n);
      await person(9n);
      await expect(enrol(7n, second)).rejects.toMatchObject(taken);
      await expect(enrol(9n, second)).rejects.toMatchObject(taken);
      await expect(person(7n, ids[1])).rejects.toMatchObject(taken);
    });

    it('is for employers the ledger knows', async () => {
      const unknown = parseCreditCode('91350200M0001AAA3H');
      await expect(enrol(7n, unknown)).rejects.toMatchObject({ code: 'ledger.unknown_employer' });
    });
  });
});
