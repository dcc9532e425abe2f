import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEpochRoot } from '../../../src/core/brands.ts';
import { toMonthIndex } from '../../../src/core/month.ts';
import { checkSequence } from '../../../src/jobs/audit/check-sequence.ts';
import type { SourceEpoch } from '../../../src/jobs/audit/epoch-source.ts';
import { findingText } from '../../../src/jobs/audit/finding.ts';
import { findingTexts } from '../../../src/jobs/audit/finding-texts.ts';
import { decodeNotes } from '../../../src/jobs/audit/notes.ts';

const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

test('every finding is a sentence in both languages about the same facts', () => {
  for (const [code, { en, zh }] of Object.entries(findingTexts)) {
    expect(placeholders(zh), code).toEqual(placeholders(en));
    expect(en, code).toMatch(/^[A-Z{]/);
    expect(zh, code).toMatch(/[\u4e00-\u9fff]/);
  }
  const facts = { table: 'record', from: 3, to: 4 };
  expect(findingText({ code: 'audit.ids_missing', facts }, 'en')).toContain(
    'Rows 3 to 4 of record',
  );
});

test('the order of publications fixes every time, as the registry has it', () => {
  const of = (month: number, revision: number, publishedAt: number): SourceEpoch => ({
    ...{
      root: toEpochRoot(BigInt(publishedAt)),
      month: toMonthIndex(month),
      revision,
      publishedAt,
    },
  });
  // Published, followed, corrected late, corrected again, followed, corrected while current.
  const epochs = [
    { ...of(1, 0, 10), supersededAt: 20, correctedAt: 30 },
    { ...of(2, 0, 20), supersededAt: 50 },
    { ...of(1, 1, 30), supersededAt: 20, correctedAt: 40 },
    { ...of(1, 2, 40), supersededAt: 20 },
    { ...of(3, 0, 50), supersededAt: 60, correctedAt: 60 },
    of(3, 1, 60),
  ];
  const codes = (list: typeof epochs) =>
    checkSequence({ name: 'x', epochs: list }).map(({ code }) => code);
  expect(codes(epochs)).toEqual([]);
  expect(codes([])).toEqual([]);
  for (const [i, epoch] of epochs.entries()) {
    for (const field of ['supersededAt', 'correctedAt'] as const) {
      const changed = { ...epoch, [field]: (epoch[field] ?? 0) + 1 };
      expect(codes(epochs.map((one, k) => (k === i ? changed : one)))).toContain(
        'audit.times_wrong',
      );
    }
  }
});

test('what are no notes of an audit is refused with a code', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => decodeNotes(json)).toThrow(expect.objectContaining({ code: 'audit.bad_notes' }));
    }),
  );
});
