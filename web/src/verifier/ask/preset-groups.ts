import type { PresetAnswer } from '../../../../src/sdk/answers.ts';

/** What uses are about, in the order they are shown. */
export const presetGroups = [
  'work',
  'city',
  'pension',
  'unemployment',
  'medical',
  'money',
  'exam',
] as const;
export type PresetGroup = (typeof presetGroups)[number] | 'other';

/** By the beginning of a slug; a use that is new here stands among the others. */
const beginnings: Readonly<Record<(typeof presetGroups)[number], readonly string[]>> = {
  work: ['tender-', 'insured-now', 'engineer-', 'work-injury', 'employer-'],
  city: ['points-', 'house-', 'car-', 'school-', 'rent-'],
  pension: ['pension-', 'receives-pension', 'no-benefit'],
  unemployment: ['unemployment-'],
  medical: ['medical-', 'maternity-'],
  money: ['loan-', 'base-', 'flexible-'],
  exam: ['exam-', 'ten-years-'],
};

export function groupOf({ slug }: Pick<PresetAnswer, 'slug'>): PresetGroup {
  const found = presetGroups.find((group) =>
    beginnings[group].some((beginning) => slug.startsWith(beginning)),
  );
  return found ?? 'other';
}

/** Whether every word is in a name of it, in either language, or in its slug. */
export function isFound(
  { slug, name }: Pick<PresetAnswer, 'slug' | 'name'>,
  text: string,
): boolean {
  const all = `${slug} ${name.zh} ${name.en}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => all.includes(word));
}
