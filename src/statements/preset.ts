import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Fen } from '../core/money.ts';
import type { MonthIndex } from '../core/month.ts';
import type { CreditCode } from '../ledger/employer.ts';
import type { Insurance } from '../ledger/insurance.ts';
import { cityOf, type Region } from '../ledger/region.ts';
import { policyFigure } from './policy.ts';
import type { LocalText, Params } from './statement-text.ts';

/** What a preset's parameters are computed from. */
export interface PresetInput {
  /** The last closed month: windows end here, or before. */
  readonly asOf: MonthIndex;
  readonly insurance?: Insurance;
  readonly region?: Region;
  readonly employer?: CreditCode;
  /** Month the request is made in, which decides the policy in force; left out = `asOf`. */
  readonly requestedIn?: MonthIndex;
  /** The one month a cover is asked for, such as that of an accident. */
  readonly onMonth?: MonthIndex;
  /** Months where the rule is the asker's own. */
  readonly minMonths?: number;
  /** Local average wage of a month. */
  readonly averageWageFen?: Fen;
  /** Band of the average base, both included. */
  readonly minBaseFen?: Fen;
  readonly maxBaseFen?: Fen;
  /** Insured people in every month. */
  readonly minPeople?: number;
  /** The holder's key must be older than this month; left out = any. */
  readonly identityBefore?: MonthIndex;
}

/** A use people know by name, turned into a statement and its params. */
export interface Preset {
  readonly slug: string;
  readonly name: LocalText;
  /** Policy its figures are from; left out where it has none. */
  readonly policy?: string;
  /** Input fields it cannot do without. */
  readonly needs: readonly (keyof PresetInput)[];
  /** Named params; `identityBefore` is added from the input. */
  params(input: PresetInput): Params;
}

/** A figure of the policy in force when the request is made. @throws policy.no_figure */
export function figureFor(input: PresetInput, policy: string, figure: string): number {
  const at = input.requestedIn ?? input.asOf;
  return policyFigure({ policy, figure, at, region: input.region && cityOf(input.region) });
}

/**
 * Params of a preset for an input.
 * @throws statement.preset_needs where a field is missing, policy.no_figure, core.out_of_range
 */
export function presetParams(preset: Preset, input: PresetInput): Params {
  const missing = preset.needs.find((field) => input[field] === undefined);
  if (missing) {
    throw new CanbaoError('statement.preset_needs', { preset: preset.slug, field: missing });
  }
  return { identityBefore: BigInt(input.identityBefore ?? 0), ...preset.params(input) };
}
