import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';
import { benefitStatusEdges } from './benefit-status.ts';
import { contributionBaseEdges } from './contribution-base.ts';
import { coverageEdges } from './coverage.ts';
import { employerStandingEdges } from './employer-standing.ts';
import { pensionEdges } from './pension-eligibility.ts';
import { unemploymentEdges } from './unemployment-eligibility.ts';

/** Questions at an edge of a statement's rule: one step short, at it, one step over. */
export type EdgeGenerator = (random: Random) => Question[];

/** By statement name; a statement without one fails the property test. */
export const edgesOf: Readonly<Record<string, EdgeGenerator>> = {
  'benefit-status@1': benefitStatusEdges,
  'contribution-base@1': contributionBaseEdges,
  'coverage@1': coverageEdges,
  'employer-standing@1': employerStandingEdges,
  'pension-eligibility@1': pensionEdges,
  'unemployment-eligibility@1': unemploymentEdges,
};
