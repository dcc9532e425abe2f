import { expect, test } from 'vitest';
import { toMonthIndex } from '../../src/core/month.ts';
import { verdictNotes, verdictText } from '../../src/verify/texts.ts';
import type { Verdict, VerdictReason } from '../../src/verify/verdict.ts';

/** Every reason; the record makes the compiler insist that none is left out. */
const reasons = Object.keys({
  valid: 0,
  malformed: 0,
  unknown_statement: 0,
  wrong_request: 0,
  wrong_audience: 0,
  expired: 0,
  key_refused: 0,
  unknown_root: 0,
  corrected: 0,
  superseded: 0,
  invalid_proof: 0,
  nullifier_spent: 0,
} satisfies Record<VerdictReason, 0>) as VerdictReason[];

const verdict = (reason: VerdictReason, change: Partial<Verdict> = {}): Verdict => ({
  valid: reason === 'valid',
  reason,
  audienceChecked: true,
  audience: 'https://example.org',
  expiresAt: 1_800_000_000,
  detail: { code: 'presentation.malformed', facts: { reason: 'x' } },
  epoch: {
    month: toMonthIndex(1520),
    revision: 0,
    publishedAt: 1,
    supersededAt: 1_800_000_000,
    correctedAt: 1_800_000_000,
  },
  supersededFor: 40 * 86_400,
  correctedFor: 86_400,
  ...change,
});

test('every reason is a sentence in both languages, with its facts filled in', () => {
  for (const language of ['en', 'zh'] as const) {
    const texts = reasons.map((reason) => verdictText(verdict(reason), language));
    for (const text of texts) expect(text).toMatch(/^[^{}?]{5,}[.。]$/);
    const detailed = ['malformed', 'unknown_statement', 'key_refused'];
    expect(new Set(texts).size).toBe(reasons.length - detailed.length + 1);
  }
  expect(verdictText(verdict('superseded'), 'en')).toContain('2027-01-15T08:00:00Z');
  expect(verdictText(verdict('superseded'), 'en')).toContain('40 days ago');
  expect(verdictText(verdict('superseded'), 'zh')).toContain('40天前');
  expect(verdictText(verdict('corrected'), 'en')).toContain('1 day ago');
  expect(verdictText(verdict('corrected', { correctedFor: 5 }), 'zh')).toContain('不到1天前');
  expect(verdictText(verdict('valid'), 'zh')).toContain('2026年9月');
});

test('a time no date can hold is still shown', () => {
  const far = verdict('expired', { expiresAt: Number.MAX_SAFE_INTEGER });
  expect(verdictText(far, 'en')).toContain(String(Number.MAX_SAFE_INTEGER));
});

/** A root that is current; the one above is neither current nor uncorrected. */
const current = {
  supersededFor: undefined,
  correctedFor: undefined,
} as unknown as Partial<Verdict>;

test('development keys and an unchecked audience are said aloud', () => {
  const notes = (change: Partial<Verdict>) =>
    verdictNotes(verdict('valid', { ...current, ...change }), 'en');
  expect(notes({ keyStatus: 'development', contributions: 0 })).toEqual([
    expect.stringContaining('Development keys'),
  ]);
  expect(notes({ keyStatus: 'ceremony', contributions: 7 })).toEqual([
    expect.stringContaining('7 contributions'),
  ]);
  expect(notes({ audienceChecked: false })).toEqual([expect.stringContaining('Nobody checked')]);
});

test('a root that counts only by the verifier’s policy is said aloud, with its age', () => {
  const { correctedFor: _, ...superseded } = verdict('valid');
  expect(verdictNotes(superseded, 'en')).toEqual([
    expect.stringMatching(/your policy.*2026-09 was replaced 40 days ago/),
  ]);
  expect(verdictNotes(superseded, 'zh')).toEqual([expect.stringContaining('40天前')]);
  expect(verdictNotes(verdict('valid'), 'en')).toEqual([
    expect.stringMatching(/your policy.*2026-09 was corrected 1 day ago/),
  ]);
  expect(verdictNotes(verdict('valid'), 'zh')).toEqual([expect.stringContaining('更正')]);
  // Of what is refused the reason says it.
  expect(verdictNotes(verdict('superseded'), 'en')).toEqual([]);
});
