import { latestEpoch } from '../../chain/registry.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseMonth, presentMonth } from '../../core/month.ts';
import { assertParams, type Params } from '../../request/params.ts';
import type { PresetInput } from '../../statements/preset.ts';
import { presetFieldNames, presetFields } from '../../statements/preset-fields.ts';
import { presetQuestion, type Question } from '../../statements/preset-question.ts';
import { statementModule } from '../../statements/registry.ts';
import type { SetMode } from '../../statements/set-presets.ts';
import type { Service } from '../service.ts';

/** Inputs of presets as they come over the wire: texts, and whole numbers. Months are `YYYY-MM`. */
export type GivenInput = Readonly<Partial<Record<keyof PresetInput, string | number | undefined>>>;

/** What a verifier asks: presets by name, or statements with params of its own. */
export interface AskedQuestion {
  readonly presets?: readonly string[];
  readonly input?: GivenInput;
  readonly asks?: readonly { readonly statement: string; readonly params: Params }[];
  /** Of several. */
  readonly mode?: SetMode;
}

/**
 * What is asked, computed and joined.
 * @throws request.bad_question, statement.unknown, statement.bad_params, ledger.bad_credit_code, and
 * what `presetQuestion` and the parsers of inputs throw
 */
export async function readQuestion(service: Service, asked: AskedQuestion): Promise<Question> {
  const { presets, asks, input, mode } = asked;
  const bad = (reason: string) => new CanbaoError('request.bad_question', { reason });
  if ((presets === undefined) === (asks === undefined)) throw bad('either preset or asks');
  if (asks && input) throw bad('input is of presets');
  const question: Question = presets
    ? presetQuestion(presets, mode, await presetInput(service, input))
    : ownQuestion(asks ?? [], mode);
  if (mode !== undefined && question.mode === undefined) throw bad('a mode is of several');
  // What cannot be said in words no holder can agree to.
  for (const { statement, params } of question.asks) {
    statementModule(statement.name).text.asks(params, 'en');
  }
  return question;
}

/**
 * Inputs of presets, read; windows end with the last published month unless `asOf` says otherwise.
 * @throws ledger.no_epoch, core.bad_month, statement.bad_input, and what the fields' parsers throw
 */
export async function presetInput(service: Service, given: GivenInput = {}): Promise<PresetInput> {
  const { chain, clock } = service;
  const asOf =
    given.asOf === undefined
      ? (await latestEpoch(chain.registry))?.month
      : parseMonth(`${given.asOf}`);
  if (asOf === undefined) throw new CanbaoError('ledger.no_epoch');
  const fields = presetFieldNames.flatMap((field) => {
    const value = given[field];
    return value === undefined ? [] : [[field, presetFields[field].read(`${value}`)] as const];
  });
  const requestedIn = presentMonth(clock);
  return { asOf, requestedIn, ...Object.fromEntries(fields) };
}

function ownQuestion(
  asks: NonNullable<AskedQuestion['asks']>,
  mode: SetMode | undefined,
): Question {
  return {
    mode: asks.length > 1 ? (mode ?? 'all') : undefined,
    asks: asks.map(({ statement: name, params }) => {
      const { statement } = statementModule(name);
      assertParams(statement, params);
      return { statement, params };
    }),
  };
}
