import { Command } from 'commander';
import { signAuthorityChange } from '../../../chain/authority-change.ts';
import {
  isAuthority,
  type RegistryContract,
  registryAuthorities,
} from '../../../chain/registry.ts';
import type { CommitmentSignature } from '../../../chain/types.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import type { Home } from '../../../runtime/home.ts';
import { authorityAccounts } from '../../../runtime/installed-chain.ts';
import { environmentOf } from '../../environment.ts';
import { type ChangeFile, readChangeFile, writeChangeFile } from './change-file.ts';
import { showChange } from './change-words.ts';

/** `canbao authority change sign <file>`: adds the signatures of this installation's authorities. */
export function signChange(): Command {
  return new Command('sign')
    .description('sign a change with the keys of this installation')
    .argument('<file>', 'the change')
    .action(async (path: string, _options, command) => {
      const { terminal, home, withChain } = environmentOf(command);
      const { change, signatures, quorum } = await withChain(async ({ registry }) => {
        const file = await readChangeFile(path, registry);
        const present = await registryAuthorities(registry);
        if (present.lastChange !== file.change.previousChange) {
          throw new CanbaoError('authority.outdated_change', { last: present.lastChange });
        }
        const signed = await withOwnSignatures(file, registry, present.authorities, home);
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

/** @throws authority.not_one */
async function withOwnSignatures(
  { change, signatures }: ChangeFile,
  registry: RegistryContract,
  authorities: readonly string[],
  home: Home,
): Promise<ChangeFile> {
  const own = (await authorityAccounts(home)).filter(({ address }) =>
    isAuthority(authorities, address),
  );
  if (own.length === 0) {
    throw new CanbaoError('authority.not_one', { registry: registry.address });
  }
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const all = new Map<string, CommitmentSignature>();
  for (const one of signatures) all.set(one.signer.toLowerCase(), one);
  for (const account of own) {
    all.set(account.address.toLowerCase(), await signAuthorityChange(domain, account, change));
  }
  return { change, signatures: [...all.values()] };
}
