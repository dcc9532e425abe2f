import { Command } from 'commander';
import { changeAuthorities } from '../../../chain/change-authorities.ts';
import { registryAuthorities } from '../../../chain/registry.ts';
import { environmentOf } from '../../environment.ts';
import { readChangeFile } from './change-file.ts';
import { showChange } from './change-words.ts';

/** `canbao authority change submit <file>`: sends a change that a quorum has signed. */
export function submitChange(): Command {
  return new Command('submit')
    .description('send a change that a quorum has signed')
    .argument('<file>', 'the change')
    .action(async (path: string, _options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const { change, transaction, present } = await withChain(async (chain) => {
        const { registry } = chain;
        const { change, signatures } = await readChangeFile(path, registry);
        const hash = await changeAuthorities(registry, chain.submitter(), change, signatures);
        await chain.persist();
        return { change, transaction: hash, present: await registryAuthorities(registry) };
      });
      say(
        transaction === undefined
          ? text('The change was applied before:', '该变更此前已生效：')
          : text(`Changed, transaction ${transaction}:`, `变更已生效，交易${transaction}：`),
      );
      showChange(terminal, change);
      terminal.result({ ok: true, transaction, ...present });
    });
}
