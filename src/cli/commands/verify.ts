import { Command } from 'commander';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseRequest } from '../../request/presentation-request.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { epochsFromFile } from '../../verify/epochs-file.ts';
import type { EpochsPort } from '../../verify/ports.ts';
import { verdictNotes, verdictText } from '../../verify/texts.ts';
import type { Verdict } from '../../verify/verdict.ts';
import { type Expectation, verifyPresentation } from '../../verify/verify-presentation.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { epochName } from '../epoch-words.ts';
import { readJsonFile } from '../files.ts';
import type { Terminal } from '../terminal.ts';

interface VerifyOptions {
  readonly request?: string;
  readonly audience?: string;
  readonly epochs?: string;
  readonly maxStaleness?: string;
}

/** `canbao verify`: the verdict on a presentation. Exits 0 if it is valid, 1 if not, 2 on a fault. */
export function verifyCommand(): Command {
  return new Command('verify')
    .argument('<presentation>', 'presentation file')
    .option('--request <file>', 'your own copy of the request it must answer')
    .option('--audience <origin>', 'without a copy: whom it must be made for')
    .option('--epochs <file>', 'published roots (`canbao epoch export`), instead of the chain')
    .option('--max-staleness <days>', 'days a root counts after a newer one', '35')
    .action(async (path: string, options: VerifyOptions, command) => {
      const environment = environmentOf(command);
      const input = await readJsonFile(path);
      const expectation = await expectationOf(environment, options);
      const verdict = options.epochs
        ? await verify(
            environment,
            input,
            epochsFromFile(await readJsonFile(options.epochs)),
            expectation,
          )
        : await environment.withChain(({ epochs }) =>
            verify(environment, input, epochs, expectation),
          );
      showVerdict(environment.terminal, verdict);
      environment.terminal.result({
        ok: verdict.valid,
        ...verdict,
        text: verdictText(verdict, environment.terminal.language),
      });
      process.exitCode = verdict.valid ? 0 : 1;
    });
}

function verify(
  { keys, clock }: Environment,
  input: unknown,
  epochs: EpochsPort,
  expectation: Expectation,
): Promise<Verdict> {
  return verifyPresentation(
    input,
    { statements: statementRegistry, epochs, keys, clock },
    expectation,
  );
}

async function expectationOf(
  { production }: Environment,
  { request, audience, maxStaleness }: VerifyOptions,
): Promise<Expectation> {
  const days = Number(maxStaleness);
  if (!Number.isFinite(days) || days < 0) {
    throw new CanbaoError('cli.bad_option', {
      option: '--max-staleness',
      reason: 'days, 0 or more',
    });
  }
  return {
    production,
    maxStalenessSeconds: Math.floor(days * 86_400),
    ...(request !== undefined && {
      request: parseRequest(await readJsonFile(request), statementRegistry),
    }),
    ...(audience !== undefined && { audience }),
  };
}

/** The verdict, what was shown by it, and what must be said beside it. */
export function showVerdict({ language, say, text }: Terminal, verdict: Verdict): void {
  say(`${verdict.valid ? '✔' : '✘'} ${verdictText(verdict, language)}  [${verdict.reason}]`);
  if (verdict.valid && verdict.statement && verdict.params) {
    say(`  ${statementModule(verdict.statement).text.asks(verdict.params, language)}`);
  }
  if (verdict.epoch) {
    const name = epochName(verdict.epoch, language);
    say(text(`  Ledger of ${name}.`, `  账本：${name}。`));
  }
  for (const note of verdictNotes(verdict, language)) say(`  ! ${note}`);
}
