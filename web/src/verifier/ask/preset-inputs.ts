import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { parseYuan } from '../../../../src/core/money.ts';
import { parseMonth } from '../../../../src/core/month.ts';
import type { PresetAnswer } from '../../../../src/sdk/answers.ts';
import type { PresetInputs } from '../../../../src/sdk/client.ts';
import { presetFields } from '../../../../src/statements/preset-fields.ts';

export type InputName = keyof PresetInputs;
/** What was typed, by input: amounts in yuan, months as `YYYY-MM`. */
export type TypedInputs = Readonly<Partial<Record<InputName, string>>>;
export type InputErrors = Readonly<Partial<Record<InputName, CanbaoError>>>;

export interface AskedInputs {
  /** Without which nothing can be asked. */
  readonly needed: readonly InputName[];
  /** Part of the question, and may be left as it is. */
  readonly offered: readonly InputName[];
  /** For who knows why. */
  readonly further: readonly InputName[];
}

/** The insurance of these is their own. */
const FIXED_INSURANCE = /^(medical|work-injury|maternity|flexible)-|-all-five$/;

/** What a use asks of who asks. */
export function inputsOf({ slug, statements, needs }: PresetAnswer): AskedInputs {
  const needed = needs as readonly InputName[];
  const offered: InputName[] = [];
  const further: InputName[] = [];
  const isAbout = (statement: string) => statements.some((one) => one.startsWith(statement));
  if (isAbout('coverage@') || isAbout('contribution-base@')) {
    if (!FIXED_INSURANCE.test(slug)) offered.push('insurance');
  }
  if (needed.includes('minBaseFen')) offered.push('maxBaseFen');
  if (isAbout('employer-standing@')) offered.push('minPeople');
  if (isAbout('coverage@')) {
    if (!slug.startsWith('medical-total')) further.push('region');
    further.push('employer');
  }
  further.push('asOf', 'identityBefore');
  const isNew = (name: InputName) => !needed.includes(name);
  return { needed, offered: offered.filter(isNew), further: further.filter(isNew) };
}

/** What is sent of what was typed, and what is wrong with it. */
export function readInputs(
  typed: TypedInputs,
  needed: readonly InputName[],
): { readonly inputs: PresetInputs; readonly errors: InputErrors } {
  const inputs: Partial<Record<InputName, string | number>> = {};
  const errors: Partial<Record<InputName, CanbaoError>> = {};
  const names = [...new Set([...needed, ...(Object.keys(typed) as InputName[])])];
  for (const name of names) {
    const text = typed[name]?.trim() ?? '';
    if (text === '' && !needed.includes(name)) continue;
    try {
      inputs[name] = read(name, text);
    } catch (error) {
      if (!(error instanceof CanbaoError)) throw error;
      errors[name] = error;
    }
  }
  return { inputs: inputs as PresetInputs, errors };
}

/** @throws CanbaoError with what is wrong */
function read(name: InputName, text: string): string | number {
  if (name === 'asOf') {
    parseMonth(text);
    return text;
  }
  if (/Fen$/.test(name)) return parseYuan(text.replaceAll(',', ''));
  const value = presetFields[name].read(name === 'employer' ? text.replaceAll(' ', '') : text);
  // Months go out as they were typed, codes as they are written, counts as numbers.
  if (name === 'onMonth' || name === 'identityBefore' || name === 'region') return text;
  return value;
}
