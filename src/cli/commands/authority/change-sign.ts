import { Command } from 'commander';
import type { LocalAccount } from 'viem';
import { signAuthorityChange } from '../../../chain/authority-change.ts';
import { type RegistryContract, registryAuthorities } from '../../../chain/registry.ts';
import type { CommitmentSignature } from '../../../chain/types.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { environmentOf } from '../../environment.ts';
import { ownAuthorities } from '../../own-authorities.ts';
import { type ChangeFile, readChangeFile, writeChangeFile } from './change-file.ts';
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
        const signed = await withSignatures(file, registry, own);
        await writeChangeFile(path, registry, signed);
        return { ...signed, quorum: present.quorum };
      });
      showChange(terminal, change);
      const count = signatures.length;
      terminal.say(
        terminal.text(
          `${count} of the ${quorum} signatures it needs`,
          `已有${count}份签名，需要${quorum}份`,
        ),
      );
      terminal.result({ ok: true, output: path, signatures: count, quorum });
    });
}

async function withSignatures(
  { change, signatures }: ChangeFile,
  registry: RegistryContract,
  own: readonly LocalAccount[],
): Promise<ChangeFile> {
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const all = new Map<string, CommitmentSignature>();
  for (const one of signatures) all.set(one.signer.toLowerCase(), one);
  for (const account of own) {
    all.set(account.address.toLowerCase(), await signAuthorityChange(domain, account, change));
  }
  return { change, signatures: [...all.values()] };
}
