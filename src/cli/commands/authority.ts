import { Command } from 'commander';
import { changeCommand } from './authority/change.ts';
import { listAuthorities } from './authority/list.ts';
import { serveCommand } from './authority/serve.ts';

/** `canbao authority list|change|serve`: who signs the months, and being one of them. */
export function authorityCommand(): Command {
  return new Command('authority')
    .addCommand(listAuthorities())
    .addCommand(changeCommand())
    .addCommand(serveCommand());
}
