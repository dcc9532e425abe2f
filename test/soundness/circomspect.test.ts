import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../scripts/soundness/check.ts';
import {
  circomspectCheck,
  judgeWarnings,
} from '../../scripts/soundness/circomspect/circomspect-check.ts';
import type { Warning } from '../../scripts/soundness/circomspect/warnings.ts';

const warning: Warning = {
  file: 'circuits/lib/one-hot.circom',
  line: 18,
  source: 'out[i] <-- index == i ? 1 : 0;',
  rule: 'CS0005',
  message: 'Using the signal assignment operator `<--` does not constrain the assigned signal.',
};
const answer = {
  file: 'circuits/lib/one-hot\\.circom',
  rule: 'CS0005',
  message: 'Using the signal assignment operator .*',
  reason: 'It is constrained on the next line, and the sum fixes it.',
};

describe('circomspect', () => {
  it('lets an answered warning pass, and only that', () => {
    expect(judgeWarnings([warning], [answer])).toMatchObject({ survivors: [], tried: 1 });
    const elsewhere = { ...warning, file: 'circuits/lib/run-bounds.circom' };
    expect(judgeWarnings([elsewhere], [answer]).survivors).toEqual([
      { where: 'circuits/lib/run-bounds.circom:18', what: expect.stringContaining('CS0005') },
    ]);
    expect(judgeWarnings([{ ...warning, rule: 'CS0010' }], [answer]).survivors).toHaveLength(1);
  });

  it('finds the assignments of our circuits, and each is answered', async () => {
    const results: CheckResult[] = [];
    const found = circomspectCheck.run({
      seed: '',
      isQuick: true,
      statements: [],
      bug: '',
      open: () => Promise.reject(new Error('it opens no statement')),
      progress: () => {},
    });
    for await (const result of found) results.push(result);
    const [result] = results;
    expect(result?.survivors).toEqual([]);
    expect(result?.answered.map(({ where }) => where)).toContainEqual(
      expect.stringMatching(/one-hot.* CS0005/),
    );
  });
});
