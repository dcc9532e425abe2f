import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { readConfig } from '../../api/config.ts';
import { startServer } from '../../api/server.ts';
import { environmentOf } from '../environment.ts';

/** Longer than this nobody is waited for at the end, ms. */
const END_MS = 15_000;

/** `canbao serve`: everything over HTTP, until the process is told to end. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve requests, verdicts, records and the bureau over HTTP')
    .action(async (_, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const config = readConfig(process.env);
      const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
      const server = await startServer({
        ...environment.installation,
        config,
        production: environment.production,
        log: process.stderr,
      });
      const { url } = server;
      terminal.say(terminal.text(`Canbao serves at ${url}`, `参保服务已启动：${url}`));
      terminal.result({ ok: true, url });
      await ended;
      await Promise.race([server.close(), setTimeout(END_MS)]);
    });
}
