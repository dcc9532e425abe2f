import { type Address, isAddress } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { RegistryAuthorities } from './registry.ts';
import type { AuthorityChange } from './types.ts';

/** What is wished for, unchecked. */
export interface WishedChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** Default: as it is. */
  readonly quorum?: number | undefined;
}

/**
 * The change that follows the present authorities, checked by the contract's rules.
 * @throws authority.bad_change with the rule it breaks
 */
export function draftAuthorityChange(
  present: RegistryAuthorities,
  { added, removed, quorum = present.quorum }: WishedChange,
): AuthorityChange {
  const known = new Set(present.authorities.map((one) => one.toLowerCase()));
  const joining = added.map(toAddress);
  const leaving = removed.map(toAddress);
  for (const one of joining) {
    if (known.has(one) || BigInt(one) === 0n) throw refused(`${one} cannot be added`);
  }
  for (const one of leaving) {
    if (!known.has(one)) throw refused(`${one} is no authority`);
  }
  for (const list of [joining, leaving]) {
    if (new Set(list).size !== list.length) throw refused('an address is named twice');
  }
  const left = known.size + joining.length - leaving.length;
  if (!Number.isInteger(quorum) || quorum < 1 || quorum > left) {
    throw refused(`a quorum of ${quorum} among ${left}`);
  }
  return { previousChange: present.lastChange, added: joining, removed: leaving, quorum };
}

function toAddress(text: string): Address {
  if (!isAddress(text, { strict: false })) throw refused(`${text} is no address`);
  return text.toLowerCase() as Address;
}

function refused(reason: string): CanbaoError {
  return new CanbaoError('authority.bad_change', { reason });
}
