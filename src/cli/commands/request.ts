import { Command } from 'commander';
import { latestEpoch } from '../../chain/registry.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type MonthIndex, parseMonth } from '../../core/month.ts';
import { parseCreditCode } from '../../ledger/employer.ts';
import { type Insurance, insurances } from '../../ledger/insurance.ts';
import { parseRegion } from '../../ledger/region.ts';
import {
  createRequest,
  encodeRequest,
  type PresentationRequest,
  parseRequest,
} from '../../request/presentation-request.ts';
import { type PresetInput, presetParams } from '../../statements/preset.ts';
import { presetBySlug, statementModule, statementRegistry } from '../../statements/registry.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import { requestLines } from '../request-words.ts';

interface NewOptions {
  readonly preset: string;
  readonly audience: string;
  readonly purpose: string;
  readonly asOf?: string;
  readonly insurance?: string;
  readonly region?: string;
  readonly employer?: string;
  readonly identityBefore?: string;
  readonly expires: string;
  readonly output: string;
}

const SECONDS_A_DAY = 86_400;
const MAX_DAYS = 366;

/** `canbao request new|show`: what a verifier asks to be proven. */
export function requestCommand(): Command {
  const request = new Command('request');
  request
    .command('new')
    .description('make a request from a preset (see `canbao statements`)')
    .requiredOption('--preset <name>', 'a named use')
    .requiredOption('--audience <origin>', 'who asks: an https origin, or a CAIP-10 account')
    .requiredOption('--purpose <text>', 'what for; one proof a person, audience and purpose')
    .option('--as-of <YYYY-MM>', 'month the question is about; default: the last one published')
    .option('--insurance <name>', `one of ${insurances.join(', ')}; default: pension`)
    .option('--region <code>', 'GB/T 2260 code of the city')
    .option('--employer <code>', "the employer's credit code")
    .option('--identity-before <YYYY-MM>', "the holder's key must be older")
    .option('--expires <days>', 'days the request counts', '7')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async (options: NewOptions, command) => {
      const environment = environmentOf(command);
      const made = await makeRequest(environment, options);
      await writeJsonFile(options.output, encodeRequest(made));
      showRequest(environment, made);
      environment.terminal.say(
        environment.terminal.text(`\nRequest: ${options.output}`, `\n请求：${options.output}`),
      );
      environment.terminal.result({
        ok: true,
        output: options.output,
        request: encodeRequest(made),
      });
    });
  request
    .command('show')
    .description('say in plain words what a request asks, reveals and leaves hidden')
    .argument('<file>', 'request file')
    .action(async (file: string, _options, command) => {
      const environment = environmentOf(command);
      const read = parseRequest(await readJsonFile(file), statementRegistry);
      showRequest(environment, read);
      const { text } = statementModule(read.statement);
      const { language } = environment.terminal;
      environment.terminal.result({
        ok: true,
        request: encodeRequest(read),
        asks: text.asks(read.params, language),
        reveals: text.reveals(read.params, language),
        hides: text.hides(read.params, language),
      });
    });
  return request;
}

function showRequest({ terminal }: Environment, request: PresentationRequest): void {
  for (const line of requestLines(request, terminal.language)) terminal.say(line);
}

async function makeRequest(
  environment: Environment,
  options: NewOptions,
): Promise<PresentationRequest> {
  const { module, preset } = presetBySlug(options.preset);
  const days = Number(options.expires);
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) {
    throw new CanbaoError('cli.bad_option', {
      option: '--expires',
      reason: `1 to ${MAX_DAYS} days`,
    });
  }
  return environment.withChain(async ({ domain, registry }) => {
    const asOf = options.asOf ? parseMonth(options.asOf) : (await latestEpoch(registry))?.month;
    if (asOf === undefined) throw new CanbaoError('ledger.no_epoch');
    return createRequest({
      statement: module.statement,
      params: presetParams(preset, presetInput(options, asOf)),
      audience: options.audience,
      purpose: options.purpose,
      domain,
      expiresAt: environment.clock() + days * SECONDS_A_DAY,
    });
  });
}

function presetInput(options: NewOptions, asOf: MonthIndex): PresetInput {
  const { insurance, region, employer, identityBefore } = options;
  return {
    asOf,
    ...(insurance !== undefined && { insurance: insuranceOf(insurance) }),
    ...(region !== undefined && { region: parseRegion(region) }),
    ...(employer !== undefined && { employer: parseCreditCode(employer) }),
    ...(identityBefore !== undefined && { identityBefore: parseMonth(identityBefore) }),
  };
}

function insuranceOf(name: string): Insurance {
  const known = insurances.find((insurance) => insurance === name);
  if (known) return known;
  throw new CanbaoError('cli.bad_option', { option: '--insurance', reason: insurances.join(', ') });
}
