import { basename } from 'node:path';
import type { Address } from 'viem';
import { connectChain } from '../chain/connection.ts';
import type { RegistryContract } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { EpochSource } from '../jobs/audit/epoch-source.ts';
import { type RegistryView, readRegistry } from '../jobs/audit/registry-view.ts';
import { decodeEpochs } from '../verify/epochs-file.ts';
import { readJsonFile } from './files.ts';

/** Published roots from an exported file. @throws cli.no_file, cli.bad_file, epochs.malformed */
export async function epochsSource(path: string): Promise<EpochSource> {
  return { name: basename(path), epochs: decodeEpochs(await readJsonFile(path)) };
}

/**
 * What `--compare` names: files, and nodes with the same registry or, after `#`, with another.
 * @throws cli.bad_option, chain.unreachable and as {@link epochsSource}
 */
export async function comparedSources(
  named: readonly string[],
  own: RegistryContract | undefined,
): Promise<(EpochSource | RegistryView)[]> {
  const sources: (EpochSource | RegistryView)[] = [];
  for (const name of named) {
    sources.push(
      /^https?:\/\//.test(name) ? await nodeSource(name, own) : await epochsSource(name),
    );
  }
  return sources;
}

async function nodeSource(name: string, own: RegistryContract | undefined): Promise<RegistryView> {
  const [url = '', fragment] = name.split('#');
  const address = fragment ?? own?.address;
  if (address === undefined || !/^0x[0-9a-fA-F]{40}$/.test(address)) {
    const reason = 'a file, or the address of a node, with # and a registry where there is no own';
    throw new CanbaoError('cli.bad_option', { option: '--compare', reason });
  }
  return readRegistry({ chain: await connectChain(url), address: address as Address }, name);
}
