import { type Command, Option } from 'commander';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { parseYuan } from '../core/money.ts';
import type { PresetInput } from '../statements/preset.ts';
import {
  type PresetFieldName,
  presetFieldNames,
  presetFields,
} from '../statements/preset-fields.ts';

/** How each input of presets is given on the command line. */
const flags: Readonly<Record<PresetFieldName, string>> = {
  insurance: '--insurance <name>',
  region: '--region <code>',
  employer: '--employer <code>',
  minBaseFen: '--min-base <yuan>',
  maxBaseFen: '--max-base <yuan>',
  averageWageFen: '--average-wage <yuan>',
  minMonths: '--min-months <n>',
  onMonth: '--on-month <YYYY-MM>',
  minPeople: '--min-people <n>',
  identityBefore: '--identity-before <YYYY-MM>',
};

const commandOptions = presetFieldNames.map((field) => ({
  field,
  option: new Option(flags[field], presetFields[field].about),
  // People speak of yuan.
  read: field.endsWith('Fen') ? parseYuan : presetFields[field].read,
}));

/** Adds an option for each input of presets. */
export function addPresetOptions(command: Command): Command {
  for (const { option } of commandOptions) command.addOption(option);
  return command;
}

/** The option an input is given by: `--min-base`. */
export function optionOf(field: keyof PresetInput): string {
  return commandOptions.find((one) => one.field === field)?.option.long ?? field;
}

/** The input of presets out of a command's options. @throws what the fields' parsers throw */
export function readPresetInput(
  months: Pick<PresetInput, 'asOf' | 'requestedIn'>,
  options: Readonly<Record<string, unknown>>,
): PresetInput {
  const given = commandOptions.flatMap(({ field, option, read }) => {
    const text = options[option.attributeName()];
    return typeof text === 'string' ? [[field, read(text)] as const] : [];
  });
  return { ...months, ...Object.fromEntries(given) };
}

/**
 * Runs `work`; an input it finds missing or wrong is named by its option.
 * @throws cli.bad_option, statement.preset_needs, and what `work` throws
 */
export function namingOptions<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    const { code, facts } = error;
    const option = optionOf(facts.field as keyof PresetInput);
    if (code === 'statement.preset_needs') throw new CanbaoError(code, { ...facts, field: option });
    if (code !== 'statement.bad_input') throw error;
    throw new CanbaoError('cli.bad_option', { option, reason: facts.reason });
  }
}
