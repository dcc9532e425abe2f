import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Command, Option } from 'commander';
import { readConfig } from '../../api/config.ts';
import { type ServerRole, startServer } from '../../api/server.ts';
import { sampleMnemonic } from '../../service/sample-ledger.ts';
import { peerUrls } from '../authority-options.ts';
import { environmentOf } from '../environment.ts';

interface ServeOptions {
  readonly role: ServerRole;
  readonly sample?: boolean;
}

/** Has paid for years, and still does. */
const SAMPLE_ROLE = 'steady-employee';
/** Longer than this nobody is waited for at the end, ms. */
const END_MS = 15_000;

/** `canbao serve`: everything over HTTP, until the process is told to end. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('serve requests, verdicts, records and the bureau over HTTP')
    .addOption(
      new Option('--role <role>', 'answer requests, work through what is queued, or both')
        .choices(['all', 'api', 'workers'])
        .default('all'),
    )
    .option('--sample', 'fill an empty ledger with the sample')
    .action(async ({ role, sample = false }: ServeOptions, command) => {
      const environment = environmentOf(command);
      const { terminal, production, installation } = environment;
      const config = readConfig(process.env);
      const ended = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
      const server = await startServer({
        ...{ ...installation, config, role, sample, production, peers: peerUrls(undefined) },
        log: process.stderr,
      });
      const { url } = server;
      terminal.say(
        url
          ? terminal.text(`Canbao serves at ${url}`, `参保服务已启动：${url}`)
          : terminal.text('Working through the queue', '正在处理队列任务'),
      );
      if (url) terminal.say(terminal.text(`The interface: ${url}/docs`, `接口说明：${url}/docs`));
      if (url && sample) {
        const words = sampleMnemonic(SAMPLE_ROLE);
        const en = `A wallet to try, of an invented person: recover it at ${url}/wallet/ with\n  ${words}`;
        const zh = `可以试用的钱包（虚构人物）：在 ${url}/wallet/ 用下面 12 个词恢复\n  ${words}`;
        terminal.say(terminal.text(en, zh));
      }
      terminal.result({ ok: true, role, ...(url && { url }) });
      await ended;
      await Promise.race([server.close(), setTimeout(END_MS)]);
    });
}
