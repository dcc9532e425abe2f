import { latestEpoch } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { parseMonth, presentMonth } from '../core/month.ts';
import type { AnyRequest } from '../request/any-request.ts';
import { createAnyRequest } from '../request/create-any.ts';
import { presetQuestion } from '../statements/preset-question.ts';
import { presetMode, type SetMode } from '../statements/set-presets.ts';
import type { Environment } from './environment.ts';
import { namingOptions, readPresetInput } from './preset-options.ts';

/** What `canbao request new` is told; beside it, the options of presets. */
export interface NewRequestOptions extends Readonly<Record<string, unknown>> {
  readonly preset: readonly string[];
  readonly mode?: string;
  readonly audience: string;
  readonly purpose: string;
  readonly asOf?: string;
  readonly expires: string;
}

const SECONDS_A_DAY = 86_400;
const MAX_DAYS = 366;

/**
 * A request from a preset; a set from several, or from a preset that is one.
 * @throws cli.bad_option, ledger.no_epoch, and what presets and requests throw
 */
export async function newRequest(
  environment: Environment,
  options: NewRequestOptions,
): Promise<AnyRequest> {
  const { preset: slugs, audience, purpose } = options;
  const asked = readMode(options.mode);
  if (presetMode(slugs, asked) === undefined && asked !== undefined) {
    throw new CanbaoError('cli.bad_option', { option: '--mode', reason: '--preset ≥ 2' });
  }
  const days = readDays(options.expires);
  return environment.withChain(async ({ domain, registry }) => {
    const asOf = options.asOf ? parseMonth(options.asOf) : (await latestEpoch(registry))?.month;
    if (asOf === undefined) throw new CanbaoError('ledger.no_epoch');
    const now = environment.clock();
    const months = { asOf, requestedIn: presentMonth(environment.clock) };
    const question = namingOptions(() =>
      presetQuestion(slugs, asked, readPresetInput(months, options)),
    );
    const expiresAt = now + days * SECONDS_A_DAY;
    return createAnyRequest({ ...question, audience, purpose, domain, expiresAt });
  });
}

function readMode(text: string | undefined): SetMode | undefined {
  if (text === undefined || text === 'all' || text === 'any') return text;
  throw new CanbaoError('cli.bad_option', { option: '--mode', reason: 'all, any' });
}

function readDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return days;
  throw new CanbaoError('cli.bad_option', { option: '--expires', reason: `1 to ${MAX_DAYS} days` });
}
