import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check, CheckResult, Finding } from '../check.ts';
import { circomspectWarnings, type Warning } from './warnings.ts';

/** Why a warning is harmless. Every text but the reason is a regular expression for the whole. */
const answerSchema = z.strictObject({
  file: z.string(),
  rule: z.string(),
  message: z.string(),
  reason: z.string().min(40),
});
export type Answer = z.infer<typeof answerSchema>;

/** circomspect over our circuits: clean, or answered. */
export const circomspectCheck: Check = {
  name: 'circomspect',
  claim: 'circomspect warns of nothing in our circuits that is not answered.',
  unit: 'warnings',
  answers: () => readAnswers().map(placeOf),
  async *run({ progress }) {
    progress('circomspect', 0);
    yield judgeWarnings(await circomspectWarnings(), readAnswers());
  },
};

/** Splits warnings into answered and new ones. */
export function judgeWarnings(
  warnings: readonly Warning[],
  answers: readonly Answer[],
): CheckResult {
  const used = new Map<Answer, number>();
  const survivors: Finding[] = [];
  for (const warning of warnings) {
    const answer = answers.find(
      ({ file, rule, message }) =>
        whole(file).test(warning.file) &&
        whole(rule).test(warning.rule) &&
        whole(message).test(warning.message),
    );
    if (answer) used.set(answer, (used.get(answer) ?? 0) + 1);
    else {
      const { file, line, rule, message, source } = warning;
      survivors.push({ where: `${file}:${line}`, what: `${rule}: ${message} In: ${source}` });
    }
  }
  return {
    check: 'circomspect',
    statement: 'all',
    tried: warnings.length,
    figures: {},
    answered: [...used].map(([answer, times]) => ({
      where: placeOf(answer),
      times,
      reason: answer.reason,
    })),
    survivors,
  };
}

function readAnswers(): Answer[] {
  const path = join(import.meta.dirname, 'answers.json');
  return z.array(answerSchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}

const whole = (pattern: string) => new RegExp(`^${pattern}$`);

function placeOf({ file, rule, message }: Answer): string {
  return `${file} ${rule} ${message}`;
}
