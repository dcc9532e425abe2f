import { Command } from 'commander';
import { authorityServeCommand } from './authority/serve.ts';

/** `canbao authority serve`: authorities of their own. */
export function authorityCommand(): Command {
  return new Command('authority').addCommand(authorityServeCommand());
}
