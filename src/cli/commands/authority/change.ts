import { Command } from 'commander';
import { newChange } from './change-new.ts';
import { signChange } from './change-sign.ts';
import { submitChange } from './change-submit.ts';

/** `canbao authority change new|sign|submit`: a file that goes round until a quorum has signed it. */
export function changeCommand(): Command {
  return new Command('change')
    .description('add and remove authorities by quorum: a file that goes round for signatures')
    .addCommand(newChange())
    .addCommand(signChange())
    .addCommand(submitChange());
}
