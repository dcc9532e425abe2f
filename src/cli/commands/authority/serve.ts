import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Command } from 'commander';
import { type ServedAuthority, serveAuthority } from '../../../authority/serve-authority.ts';
import { connectChain } from '../../../chain/connection.ts';
import type { RegistryContract } from '../../../chain/registry.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { parseListen } from '../../../http/listen.ts';
import { readDeployment } from '../../../runtime/deployment-file.ts';
import type { Home } from '../../../runtime/home.ts';
import { readNetworkSettings } from '../../../runtime/network-settings.ts';
import { peerUrls, readTls, type TlsOptions } from '../../authority-options.ts';
import { type Environment, environmentOf } from '../../environment.ts';

interface ServeCommandOptions extends TlsOptions {
  readonly listen: string;
  readonly peer?: string[];
}

const DEFAULT_LISTEN = '127.0.0.1:7300';
/** Longer than this nobody is waited for at the end, ms. */
const END_MS = 10_000;

/** `canbao authority serve`: an authority with a copy and a key of its own. */
export function serveCommand(): Command {
  return new Command('serve')
    .description("rebuild other authorities' months from a copy of the ledger, and co-sign them")
    .option('--listen <host:port>', 'where to serve', process.env.CANBAO_LISTEN ?? DEFAULT_LISTEN)
    .option('--peer <url...>', 'the other authorities; default: CANBAO_PEERS')
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
  const listen = parseListen(options.listen, '--listen');
  const peers = peerUrls(options.peer);
  const tls = await readTls(options);
  const account = await authorityKey();
  if (!account) throw new CanbaoError('authority.no_key');
  const registry = await sharedRegistry(home);
  return serveAuthority({
    ...{ home, clock, registry, account, peers, tls, ...listen },
    databaseUrl: process.env.DATABASE_URL || undefined,
    log: process.stderr,
  });
}

/** The one the authorities share: never one that this program deploys. */
async function sharedRegistry(home: Home): Promise<RegistryContract> {
  const url = process.env.CANBAO_RPC_URL;
  if (!url) {
    const reason = 'the chain whose registry the authorities share';
    throw new CanbaoError('chain.bad_setting', { name: 'CANBAO_RPC_URL', reason });
  }
  const network = readNetworkSettings(process.env);
  const known = await readDeployment(home.path('deployment.json'));
  const address = network.registry ?? known?.registry;
  if (!address) {
    const reason = 'the address of the registry the authorities share';
    throw new CanbaoError('chain.bad_setting', { name: 'CANBAO_REGISTRY', reason });
  }
  const chain = await connectChain(url, network);
  return { chain, address, confirmations: network.confirmations };
}

/** When somebody wants it to end: then it does so in order. */
async function endAsked(): Promise<void> {
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')]);
}
