import type { LocalAccount } from 'viem';
import { isAuthority } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { authorityAccounts } from '../runtime/installed-chain.ts';
import type { Environment } from './environment.ts';

/**
 * Those of the authorities whose key is configured, or without one, is of this installation.
 * @param registry address that names them, for the error
 * @throws authority.not_one where none is, and what reading the configured key throws
 */
export async function ownAuthorities(
  { authorityKey, home }: Pick<Environment, 'authorityKey' | 'home'>,
  authorities: readonly string[],
  registry: string,
): Promise<LocalAccount[]> {
  const key = await authorityKey();
  const held = key ? [key] : await authorityAccounts(home);
  const own = held.filter(({ address }) => isAuthority(authorities, address));
  if (own.length === 0) throw new CanbaoError('authority.not_one', { registry });
  return own;
}
