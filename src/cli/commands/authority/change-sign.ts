import { Command } from 'commander';
import type { LocalAccount } from 'viem';
import { signAuthorityChange } from '../../../chain/authority-change.ts';
import { registryAuthorities } from '../../../chain/registry.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { saySigned, withSignatures } from '../../change-signatures.ts';
import { environmentOf } from '../../environment.ts';
import { ownAuthorities } from '../../own-authorities.ts';
import { readChangeFile, writeChangeFile } from './change-file.ts';
import { showChange } from './change-words.ts';

/** `canbao authority change sign <file>`: with the key configured, or those of this installation. */
export function signChange(): Command {
  return new Command('sign')
    .description('sign a change with the key configured, or those of this installation')
    .argument('<file>', 'the change')
    .action(async (path: string, _options, command) => {
      const environment = environmentOf(command);
      const { terminal, withChain } = environment;
      const { change, signatures, quorum } = await withChain(async ({ registry }) => {
        const file = await readChangeFile(path, registry);
        const present = await registryAuthorities(registry);
        if (present.lastChange !== file.change.previousChange) {
          throw new CanbaoError('authority.outdated_change', { last: present.lastChange });
        }
        const own = await ownAuthorities(environment, present.authorities, registry.address);
        const domain = { chainId: registry.chain.chainId, registry: registry.address };
        const sign = (account: LocalAccount) => signAuthorityChange(domain, account, file.change);
        const signed = { ...file, signatures: await withSignatures(file.signatures, own, sign) };
        await writeChangeFile(path, registry, signed);
        return { ...signed, quorum: present.quorum };
      });
      showChange(terminal, change);
      const count = signatures.length;
      saySigned(terminal, count, quorum);
      terminal.result({ ok: true, output: path, signatures: count, quorum });
    });
}
