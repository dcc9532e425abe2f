import { Command } from 'commander';
import { changeCommand } from './authority/change.ts';
import { listAuthorities } from './authority/list.ts';

/** `canbao authority list|change`: who signs the months. */
export function authorityCommand(): Command {
  return new Command('authority').addCommand(listAuthorities()).addCommand(changeCommand());
}
