import { Command } from 'commander';
import { draftAuthorityChange } from '../../../chain/draft-authority-change.ts';
import { registryAuthorities } from '../../../chain/registry.ts';
import { environmentOf } from '../../environment.ts';
import { writeChangeFile } from './change-file.ts';
import { showChange } from './change-words.ts';

interface Options {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  readonly quorum?: string;
  readonly output: string;
}

const each = (value: string, before: readonly string[]) => [...before, value];

/** `canbao authority change new`: writes a change that nobody has signed yet. */
export function newChange(): Command {
  return new Command('new')
    .description('draw up a change')
    .option('--add <address>', 'becomes an authority; may be repeated', each, [])
    .option('--remove <address>', 'ceases to be one; may be repeated', each, [])
    .option('--quorum <number>', 'how many must sign from then on; default: as now')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async ({ add, remove, quorum, output }: Options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const change = await withChain(async ({ registry }) => {
        const draft = draftAuthorityChange(await registryAuthorities(registry), {
          added: add,
          removed: remove,
          quorum: quorum === undefined ? undefined : Number(quorum),
        });
        await writeChangeFile(output, registry, { change: draft, signatures: [] });
        return draft;
      });
      terminal.say(terminal.text(`A change, in ${output}:`, `变更已写入${output}：`));
      showChange(terminal, change);
      terminal.result({ ok: true, output, change });
    });
}
