#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { commands } from './commands.ts';
import { globalOptions } from './environment.ts';
import { languageOf } from './language.ts';
import { jsonLine } from './terminal.ts';

/** Faults and bad usage; 1 is kept for a verdict that is not valid. */
const EXIT_FAULT = 2;

const args = process.argv.slice(2);
// Nobody asked for anything: that is help, and no mistake.
const fault = await run(args.length > 0 ? args : ['--help']);
if (fault !== undefined) process.exitCode = fault;
// Worker threads of a library must not keep a finished command alive.
process.exit();

/** @returns the exit code of a fault; without one, a command has set its own */
async function run(args: string[]): Promise<number | undefined> {
  const program = globalOptions(new Command('canbao'))
    .description('Prove facts of a social-insurance record, and nothing else.')
    .version('0.1.0')
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({ outputError: () => {} }) // reported below, like every other fault
    .exitOverride();
  try {
    for (const { name, summary, load } of commands) {
      // A name that is but an option's value loads a module too many, and does no harm.
      const command = args.includes(name) ? await load() : new Command(name);
      program.addCommand(inherit(command.description(summary), program));
    }
    await program.parseAsync(args, { from: 'user' });
    return undefined;
  } catch (error) {
    const isHelp = error instanceof CommanderError && error.exitCode === 0;
    return isHelp ? undefined : report(error, args);
  }
}

/** Help and error output, exits: of the program for all its commands and theirs. */
function inherit(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).configureHelp({ showGlobalOptions: true });
  for (const child of command.commands) inherit(child, command);
  return command;
}

function report(error: unknown, args: readonly string[]): number {
  const known = asCoded(error);
  const { code, facts, message } = known;
  if (args.includes('--json')) {
    process.stdout.write(jsonLine({ ok: false, error: { code, message, facts } }));
  }
  process.stderr.write(`canbao: ${known.text(languageOf(args))} [${code}]\n`);
  if (process.env.CANBAO_DEBUG) console.error(error);
  return EXIT_FAULT;
}

function asCoded(error: unknown): CanbaoError {
  if (error instanceof CanbaoError) return error;
  if (error instanceof CommanderError) {
    // `canbao wallet` alone: commander has printed the help of it.
    const reason = error.code === 'commander.help' ? 'a subcommand is missing' : error.message;
    return new CanbaoError('cli.bad_usage', { reason: reason.replace(/^error: /, '') }, error);
  }
  const what = error instanceof Error ? error.message : String(error);
  return new CanbaoError('core.internal', { what }, error);
}
