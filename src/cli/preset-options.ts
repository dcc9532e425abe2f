import { type Command, Option } from 'commander';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { parseYuan } from '../core/money.ts';
import { parseMonth } from '../core/month.ts';
import { parseCreditCode } from '../ledger/employer.ts';
import { MAX_HEAD_COUNT } from '../ledger/employer-account.ts';
import { type Insurance, insurances } from '../ledger/insurance.ts';
import { LEDGER_MONTHS } from '../ledger/month-set.ts';
import { parseRegion } from '../ledger/region.ts';
import type { Preset, PresetInput } from '../statements/preset.ts';

/** How an input of presets is given on the command line. */
interface PresetOption<T> {
  readonly flags: string;
  readonly description: string;
  read(text: string): T;
}

/** By field of the input; `asOf` and `requestedIn` are found out otherwise. */
const presetOptions = {
  insurance: {
    flags: '--insurance <name>',
    description: `one of ${insurances.join(', ')}; default: pension`,
    read: readInsurance,
  },
  region: {
    flags: '--region <code>',
    description: 'GB/T 2260 code of the city',
    read: parseRegion,
  },
  employer: {
    flags: '--employer <code>',
    description: "the employer's credit code",
    read: parseCreditCode,
  },
  minBaseFen: {
    flags: '--min-base <yuan>',
    description: 'lowest average contribution base a month',
    read: parseYuan,
  },
  maxBaseFen: {
    flags: '--max-base <yuan>',
    description: 'highest average contribution base a month; default: any',
    read: parseYuan,
  },
  averageWageFen: {
    flags: '--average-wage <yuan>',
    description: 'local average wage a month, for bounds of the contribution base',
    read: parseYuan,
  },
  minMonths: {
    flags: '--min-months <n>',
    description: 'months, where the rule is your own',
    read: readMonths,
  },
  onMonth: {
    flags: '--on-month <YYYY-MM>',
    description: 'the one month a cover is asked for',
    read: parseMonth,
  },
  minPeople: {
    flags: '--min-people <n>',
    description: 'people an employer must insure in every month; default: any number',
    read: readPeople,
  },
  identityBefore: {
    flags: '--identity-before <YYYY-MM>',
    description: "the holder's key must be older",
    read: parseMonth,
  },
} as const satisfies { readonly [K in keyof PresetInput]?: PresetOption<PresetInput[K]> };

const commandOptions = Object.entries(presetOptions).map(
  ([field, { flags, description, read }]) => ({
    field: field as keyof typeof presetOptions,
    option: new Option(flags, description),
    read,
  }),
);

/** Adds an option for each input of presets. */
export function addPresetOptions(command: Command): Command {
  for (const { option } of commandOptions) command.addOption(option);
  return command;
}

/** The option an input is given by: `--min-base`. */
export function optionOf(field: keyof PresetInput): string {
  return commandOptions.find((one) => one.field === field)?.option.long ?? field;
}

/**
 * The input of a preset, or of several, out of a command's options.
 * @throws statement.preset_needs naming the option that is missing, cli.bad_option and what the
 * parsers throw
 */
export function readPresetInput(
  preset: Pick<Preset, 'slug' | 'needs'>,
  months: Pick<PresetInput, 'asOf' | 'requestedIn'>,
  options: Readonly<Record<string, unknown>>,
): PresetInput {
  const given = commandOptions.flatMap(({ field, option, read }) => {
    const text = options[option.attributeName()];
    return typeof text === 'string' ? [[field, read(text)] as const] : [];
  });
  const input: PresetInput = { ...months, ...Object.fromEntries(given) };
  const missing = preset.needs.find((field) => input[field] === undefined);
  if (missing) {
    const facts = { preset: preset.slug, field: optionOf(missing) };
    throw new CanbaoError('statement.preset_needs', facts);
  }
  if ((input.minBaseFen ?? 0) > (input.maxBaseFen ?? Number.POSITIVE_INFINITY)) {
    throw new CanbaoError('cli.bad_option', { option: '--max-base', reason: '≥ --min-base' });
  }
  return input;
}

function readInsurance(name: string): Insurance {
  const known = insurances.find((insurance) => insurance === name);
  if (known) return known;
  throw new CanbaoError('cli.bad_option', { option: '--insurance', reason: insurances.join(', ') });
}

function readMonths(text: string): number {
  const months = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (months >= 1 && months <= LEDGER_MONTHS) return months;
  throw new CanbaoError('cli.bad_option', {
    option: '--min-months',
    reason: `1 – ${LEDGER_MONTHS}`,
  });
}

function readPeople(text: string): number {
  const people = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (people >= 1 && people <= MAX_HEAD_COUNT) return people;
  throw new CanbaoError('cli.bad_option', {
    option: '--min-people',
    reason: `1 – ${MAX_HEAD_COUNT}`,
  });
}
