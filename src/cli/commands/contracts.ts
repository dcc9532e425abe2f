import { Command } from 'commander';
import { listClaims } from './contracts/claims.ts';
import { deployActingContracts } from './contracts/deploy.ts';
import { listContracts } from './contracts/list.ts';

/** `canbao contracts deploy|list|claims`: the contracts that check presentations and act on them. */
export function contractsCommand(): Command {
  return new Command('contracts')
    .addCommand(deployActingContracts())
    .addCommand(listContracts())
    .addCommand(listClaims());
}
