import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type Fen, toFen } from '../core/money.ts';
import { parseMonth } from '../core/month.ts';
import { parseCreditCode } from '../ledger/employer.ts';
import { MAX_HEAD_COUNT } from '../ledger/employer-account.ts';
import { type Insurance, insurances } from '../ledger/insurance.ts';
import { LEDGER_MONTHS } from '../ledger/month-set.ts';
import { parseRegion } from '../ledger/region.ts';
import type { Preset, PresetInput } from './preset.ts';

/** How an input of presets is written, and what it is. */
interface PresetField<T> {
  readonly about: string;
  /** @throws statement.bad_input, and what its parser throws */
  read(text: string): T;
}

/** An input that whoever asks gives; the others are found out. */
export type PresetFieldName = Exclude<keyof PresetInput, 'asOf' | 'requestedIn'>;

/** By field of the input. Amounts are in fen. */
export const presetFields: {
  readonly [K in PresetFieldName]: PresetField<Required<PresetInput>[K]>;
} = {
  insurance: {
    about: `one of ${insurances.join(', ')}; default: pension`,
    read: readInsurance,
  },
  region: { about: 'GB/T 2260 code of the city', read: parseRegion },
  employer: { about: "the employer's credit code", read: parseCreditCode },
  minBaseFen: {
    about: 'lowest average contribution base a month',
    read: (text) => readFen('minBaseFen', text),
  },
  maxBaseFen: {
    about: 'highest average contribution base a month; default: any',
    read: (text) => readFen('maxBaseFen', text),
  },
  averageWageFen: {
    about: 'local average wage a month, for bounds of the contribution base',
    read: (text) => readFen('averageWageFen', text),
  },
  minMonths: {
    about: 'months, where the rule is your own',
    read: (text) => readCount('minMonths', LEDGER_MONTHS, text),
  },
  onMonth: { about: 'the one month a cover is asked for', read: parseMonth },
  minPeople: {
    about: 'people an employer must insure in every month; default: any number',
    read: (text) => readCount('minPeople', MAX_HEAD_COUNT, text),
  },
  identityBefore: { about: "the holder's key must be older", read: parseMonth },
};

export const presetFieldNames = Object.keys(presetFields) as PresetFieldName[];

/**
 * Whether a preset can do with an input.
 * @throws statement.preset_needs, statement.bad_input
 */
export function assertInput(
  { slug, needs }: Pick<Preset, 'slug' | 'needs'>,
  input: PresetInput,
): void {
  const missing = needs.find((field) => input[field] === undefined);
  if (missing) throw new CanbaoError('statement.preset_needs', { preset: slug, field: missing });
  if ((input.minBaseFen ?? 0) > (input.maxBaseFen ?? Number.POSITIVE_INFINITY)) {
    throw badInput('maxBaseFen', 'not below the lowest');
  }
}

function badInput(field: PresetFieldName, reason: string): CanbaoError {
  return new CanbaoError('statement.bad_input', { field, reason });
}

function readInsurance(name: string): Insurance {
  const known = insurances.find((insurance) => insurance === name);
  if (!known) throw badInput('insurance', insurances.join(', '));
  return known;
}

function readFen(field: PresetFieldName, text: string): Fen {
  if (!/^\d{1,10}$/.test(text)) throw badInput(field, 'fen');
  return toFen(Number(text));
}

function readCount(field: PresetFieldName, most: number, text: string): number {
  const count = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > most) throw badInput(field, `1 – ${most}`);
  return count;
}
