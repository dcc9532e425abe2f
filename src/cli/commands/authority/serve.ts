import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { parseListen } from '../../../authority/http/listen.ts';
import { type ServedAuthority, serveAuthority } from '../../../authority/serve-authority.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { readDeployment } from '../../../runtime/deployment-file.ts';
import { parseContract, peerUrls, readTls, type TlsOptions } from '../../authority-options.ts';
import { type Environment, environmentOf } from '../../environment.ts';

interface ServeCommandOptions extends TlsOptions {
  readonly listen: string;
  readonly peer?: string[];
  readonly registry?: string;
}

const DEFAULT_LISTEN = '127.0.0.1:7300';
/** Longer than this nobody is waited for at the end, ms. */
const END_MS = 10_000;

/** `canbao authority serve`: an authority with a copy and a key of its own. */
export function authorityServeCommand(): Command {
  return new Command('serve')
    .description("rebuild other authorities' months from a copy of the ledger, and co-sign them")
    .option('--listen <host:port>', 'where to serve', process.env.CANBAO_LISTEN ?? DEFAULT_LISTEN)
    .option('--peer <url...>', 'the other authorities; default: CANBAO_PEERS')
    .option('--registry <address>', "default: CANBAO_REGISTRY, or this installation's")
    .option('--tls-cert <file>', 'certificate chain (PEM); default: CANBAO_TLS_CERT')
    .option('--tls-key <file>', 'its key (PEM); default: CANBAO_TLS_KEY')
    .action(async (options: ServeCommandOptions, command) => {
      const environment = environmentOf(command);
      const { terminal } = environment;
      const ended = endAsked();
      const served = await serve(environment, options);
      const { url, address } = served;
      terminal.say(
        terminal.text(
          `Authority ${address} serves at ${url}`,
          `经办机构${address}已在${url}提供服务`,
        ),
      );
      terminal.result({ ok: true, url, address });
      await ended;
      await Promise.race([served.close(), setTimeout(END_MS)]);
    });
}

async function serve(
  { home, clock, authorityKey }: Environment,
  options: ServeCommandOptions,
): Promise<ServedAuthority> {
  const rpcUrl = process.env.CANBAO_RPC_URL;
  if (!rpcUrl) {
    const reason = 'the chain whose registry the authorities share';
    throw new CanbaoError('cli.bad_option', { option: 'CANBAO_RPC_URL', reason });
  }
  const named = options.registry ?? process.env.CANBAO_REGISTRY;
  const registry = named
    ? parseContract(named, '--registry')
    : (await readDeployment(home.path('deployment.json')))?.registry;
  if (!registry) {
    const reason = 'the address of the registry';
    throw new CanbaoError('cli.bad_option', { option: '--registry', reason });
  }
  const listen = parseListen(options.listen, '--listen');
  const peers = peerUrls(options.peer);
  const tls = await readTls(options);
  const account = await authorityKey();
  if (!account) throw new CanbaoError('authority.no_key');
  return serveAuthority({
    ...{ home, clock, rpcUrl, registry, account, peers, tls, ...listen },
    databaseUrl: process.env.DATABASE_URL || undefined,
    log: process.stderr,
  });
}

/** When somebody wants it to end: then it does so in order. */
async function endAsked(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}
