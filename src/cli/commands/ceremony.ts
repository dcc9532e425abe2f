import { Command } from 'commander';
import { acceptCommand } from './ceremony/accept.ts';
import { beaconCommand } from './ceremony/beacon.ts';
import { contributeCommand } from './ceremony/contribute.ts';
import { finishCommand } from './ceremony/finish.ts';
import { initCommand } from './ceremony/init.ts';
import { verifyCommand } from './ceremony/verify.ts';

/** `canbao ceremony init|contribute|accept|beacon|verify|finish`: keys that nobody alone can forge with. */
export function ceremonyCommand(): Command {
  return new Command('ceremony')
    .addCommand(initCommand())
    .addCommand(contributeCommand())
    .addCommand(acceptCommand())
    .addCommand(beaconCommand())
    .addCommand(verifyCommand())
    .addCommand(finishCommand());
}
