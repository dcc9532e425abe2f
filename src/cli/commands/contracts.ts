import { Command } from 'commander';
import { changeStatements, executeChange } from './contracts/change.ts';
import { askForClaim, handInClaim } from './contracts/claim.ts';
import { listClaims } from './contracts/claims.ts';
import { deployActingContracts } from './contracts/deploy.ts';
import { listContracts } from './contracts/list.ts';

/** `canbao contracts deploy|list|ask|claim|claims|change|execute`: the contracts that check and act. */
export function contractsCommand(): Command {
  return new Command('contracts')
    .addCommand(deployActingContracts())
    .addCommand(listContracts())
    .addCommand(askForClaim())
    .addCommand(handInClaim())
    .addCommand(listClaims())
    .addCommand(changeStatements())
    .addCommand(executeChange());
}
