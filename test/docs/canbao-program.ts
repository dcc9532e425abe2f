import { Command } from 'commander';
import { commands } from '../../src/cli/commands.ts';
import { globalOptions } from '../../src/cli/environment.ts';

/** The command line as it is, except that no command does anything. */
async function idleProgram(): Promise<Command> {
  const program = globalOptions(new Command('canbao'));
  for (const { load } of commands) program.addCommand(await load());
  return idle(program);
}

function idle(command: Command): Command {
  const silent = () => {};
  command
    .exitOverride()
    .configureOutput({ writeOut: silent, writeErr: silent, outputError: silent });
  if (command.commands.length === 0) command.action(silent);
  for (const child of command.commands) idle(child);
  return command;
}

/** @throws CommanderError where `canbao <args>` is not how it is called */
export async function parseCanbao(args: readonly string[]): Promise<void> {
  // Nothing at all is asking for help.
  if (args.length > 0) await (await idleProgram()).parseAsync([...args], { from: 'user' });
}

/**
 * The words of a call that is only hinted at (`epoch close … --peer https://…`) which name no
 * command and no option; what is left out of it is not missed.
 */
export async function unknownWords(words: readonly string[]): Promise<string[]> {
  let command = await idleProgram();
  const above = [command];
  const unknown: string[] = [];
  for (const word of words) {
    if (word.startsWith('-') && word !== '-') {
      const flag = word.split('=')[0];
      // `bundle` alone is `bundle write`.
      const isKnown = [...above, ...command.commands].some(({ options }) =>
        options.some(({ long, short }) => long === flag || short === flag),
      );
      if (!isKnown) unknown.push(word);
      continue;
    }
    const next = command.commands.find((one) => one.name() === word);
    if (next) {
      command = next;
      above.push(next);
    } else if (command.registeredArguments.length === 0 && /^[a-z][a-z-]*$/.test(word)) {
      const isValue = words[words.indexOf(word) - 1]?.startsWith('-');
      if (!isValue && command.commands.length > 0) unknown.push(word);
    }
  }
  return unknown;
}

/** The names `canbao` knows at its first word. */
export const commandNames: ReadonlySet<string> = new Set(commands.map(({ name }) => name));
