import { CanbaoError } from '../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../core/month.ts';
import type { Region } from '../ledger/region.ts';
import { policies } from './policies.generated.ts';
import type { Figure, Policy, PolicyVersion } from './policy-format.ts';

/** Which figure, as of when. */
export interface FigureQuestion {
  /** File name in `policies/`. */
  readonly policy: string;
  /** Name of the figure in it. */
  readonly figure: string;
  /** Month the request is made in: the version in force then counts. */
  readonly at: MonthIndex;
  /** City whose figures are meant; a policy without a region answers for every city. */
  readonly region?: Region | undefined;
}

/** A figure of the version in force, in the unit the file gives. @throws policy.no_figure */
export function policyFigure(question: FigureQuestion): number {
  const { value } = inForce(question);
  if (value === undefined) throw noFigure(question);
  return value;
}

/**
 * A table of the version in force: `[from, value]`, ascending.
 * @throws policy.no_figure
 */
export function policySteps(question: FigureQuestion): readonly (readonly [number, number])[] {
  const { steps } = inForce(question);
  if (steps === undefined) throw noFigure(question);
  return steps;
}

/** What a table says at a place: the value of the last step reached. @throws policy.no_figure */
export function policyStep(question: FigureQuestion, place: number): number {
  const reached = policySteps(question).findLast(([from]) => from <= place);
  if (!reached) throw noFigure(question);
  return reached[1];
}

/** The newest version of a policy, for names and lists. @throws policy.no_figure */
export function newestVersion(policy: string): PolicyVersion {
  const newest = policies.find((candidate) => candidate.policy === policy)?.versions.at(-1);
  if (!newest) throw new CanbaoError('policy.no_figure', { policy, figure: '*', ...anywhere });
  return newest;
}

/** A figure of the newest version. @throws policy.no_figure */
export function newestFigure(policy: string, figure: string): number {
  const value = newestVersion(policy).figures[figure]?.value;
  if (value === undefined) {
    throw new CanbaoError('policy.no_figure', { policy, figure, ...anywhere });
  }
  return value;
}

const anywhere = { month: '-', region: '-' };

/** All of them, in the order of their names. */
export function allPolicies(): readonly Policy[] {
  return policies;
}

function inForce(question: FigureQuestion): Figure {
  const { policy, figure, at, region } = question;
  const month = formatMonth(at);
  const of = (place: number | undefined) =>
    policies.find((candidate) => candidate.policy === policy && candidate.region === place);
  const version = (of(region) ?? of(undefined))?.versions.findLast(
    ({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= month,
  );
  const found = version?.figures[figure];
  if (!found) throw noFigure(question);
  return found;
}

function noFigure({ policy, figure, at, region }: FigureQuestion): CanbaoError {
  const facts = { policy, figure, month: formatMonth(at), region: region ?? '-' };
  return new CanbaoError('policy.no_figure', facts);
}
