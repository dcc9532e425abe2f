import { Command } from 'commander';
import { registryAuthorities } from '../../../chain/registry.ts';
import { publishedHistory } from '../../../chain/registry-history.ts';
import { environmentOf } from '../../environment.ts';
import { showChange } from './change-words.ts';

/** `canbao authority list`: who signs now, and every change that made it so. */
export function listAuthorities(): Command {
  return new Command('list')
    .description('who signs the months, and the changes that made it so')
    .action(async (_options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const { registry, present, changes } = await withChain(async (chain) => ({
        registry: chain.registry.address,
        present: await registryAuthorities(chain.registry),
        changes: (await publishedHistory(chain.registry, { fromBlock: chain.fromBlock })).changes,
      }));
      const { authorities, quorum } = present;
      say(
        text(
          `Registry ${registry}: ${quorum} of ${authorities.length} must sign`,
          `登记合约${registry}：${authorities.length}家中须有${quorum}家签名`,
        ),
      );
      for (const one of authorities) say(`  ${one}`);
      for (const change of changes) {
        say(text(`Change in block ${change.block}`, `区块${change.block}中的变更`));
        showChange(terminal, change);
      }
      terminal.result({ ok: true, registry, ...present, changes });
    });
}
