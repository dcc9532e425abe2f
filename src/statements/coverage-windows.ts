import { addMonths, type MonthIndex } from '../core/month.ts';
import { packCreditCode } from '../ledger/employer.ts';
import { type Insurance, insuranceIndex } from '../ledger/insurance.ts';
import { LEDGER_START } from '../ledger/month-set.ts';
import { cityOf } from '../ledger/region.ts';
import type { PresetInput } from './preset.ts';
import type { Params } from './statement-text.ts';

/** `maxLateMonths` of a request that does not ask. */
export const ANY_LATE = 1023;

/** What a use of `coverage@1` asks beside the place. */
export interface CoverageWindow {
  readonly from: MonthIndex;
  readonly to: MonthIndex;
  readonly minMonths: number;
  readonly maxLateMonths?: number;
  /** Where the use is about one; otherwise the input's, or pension. */
  readonly insurance?: Insurance;
}

/** Params of `coverage@1`, with the input's city and employer. */
export function coverageParams(input: PresetInput, window: CoverageWindow): Params {
  const insurance = window.insurance ?? input.insurance ?? 'pension';
  return {
    insurance: BigInt(insuranceIndex(insurance)),
    minMonths: BigInt(window.minMonths),
    from: BigInt(window.from),
    to: BigInt(window.to),
    maxLateMonths: BigInt(window.maxLateMonths ?? ANY_LATE),
    region: input.region === undefined ? 0n : BigInt(cityOf(input.region)),
    employer: input.employer === undefined ? 0n : packCreditCode(input.employer),
  };
}

/** Every one of the last `months` months up to `to`. */
export function everyMonth(months: number, to: MonthIndex): CoverageWindow {
  return { from: addMonths(to, 1 - months), to, minMonths: months };
}

/** `months` in all, whenever they were. */
export function inTotal(months: number, to: MonthIndex): CoverageWindow {
  return { from: LEDGER_START, to, minMonths: months };
}
