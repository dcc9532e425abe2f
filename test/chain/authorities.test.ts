import { type Hex, hashTypedData, type LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { epochRegistryAbi as abi } from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import {
  changeArguments,
  hashAuthorityChange,
  isChangeSignature,
  signAuthorityChange,
} from '../../src/chain/authority-change.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import { changeAuthorities } from '../../src/chain/change-authorities.ts';
import type { RegistryDomain } from '../../src/chain/epoch-commitment.ts';
import { allEpochs, type RegistryContract, registryAuthorities } from '../../src/chain/registry.ts';
import { orderedSignatures } from '../../src/chain/typed-signature.ts';
import type { AuthorityChange } from '../../src/chain/types.ts';
import { deployRegistry } from '../jobs/closing.ts';
import {
  commitment,
  publish,
  revertedWith,
  signatures,
  startTestChain,
  type TestChain,
  testAuthorities,
  tryPublish,
} from '../support/test-chain.ts';

const none: Hex = `0x${'00'.repeat(32)}`;
const [a, b, c] = testAuthorities as [LocalAccount, LocalAccount, LocalAccount];
const [d, e] = ['0x44', '0x55'].map((end) =>
  privateKeyToAccount(`0x${end.slice(2).repeat(32)}`),
) as [LocalAccount, LocalAccount];
const addresses = (...accounts: LocalAccount[]) => accounts.map(({ address }) => address);

let context: TestChain;
let registry: RegistryContract;
let domain: RegistryDomain;

beforeAll(async () => {
  context = await startTestChain();
}, 30_000);
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  registry = await deployRegistry(context); // two of a, b, c
  domain = { chainId: context.chain.chainId, registry: registry.address };
});

const change = (fields: Partial<AuthorityChange>): AuthorityChange => ({
  ...{ previousChange: none, added: [], removed: [], quorum: 2 },
  ...fields,
});
const signed = (value: AuthorityChange, signers: readonly LocalAccount[] = [a, b], of = domain) =>
  Promise.all(signers.map((signer) => signAuthorityChange(of, signer, value)));
const apply = async (value: AuthorityChange, signers?: readonly LocalAccount[]) =>
  changeAuthorities(registry, context.payer, value, await signed(value, signers));
const present = async () => {
  const { authorities, quorum } = await registryAuthorities(registry);
  return { authorities: [...authorities].sort(), quorum };
};
/** Calls the contract with exactly these. Sends nothing. */
const attempt = (value: AuthorityChange, given: readonly Hex[], address = registry.address) =>
  withChainErrors(context.chain.url, () =>
    context.chain.reader.simulateContract({
      ...{ address, abi, functionName: 'changeAuthorities' },
      args: [changeArguments(value), given],
    }),
  );
const refused = async (value: AuthorityChange, error: string, signers?: LocalAccount[]) => {
  const given = orderedSignatures(await signed(value, signers));
  await expect(attempt(value, given)).rejects.toMatchObject(revertedWith(error));
};

describe('a change', () => {
  test('is hashed alike by contract, adapter and a typed-data literal', async () => {
    for (const value of [
      change({}),
      change({ previousChange: `0x${'12'.repeat(32)}`, added: addresses(d, e), quorum: 3 }),
      change({ removed: addresses(a, b, c) }),
    ]) {
      const literal = hashTypedData({
        domain: {
          ...{ name: 'Canbao', version: '1' },
          ...{ chainId: context.chain.chainId, verifyingContract: registry.address },
        },
        types: {
          AuthorityChange: [
            { name: 'previousChange', type: 'bytes32' },
            { name: 'added', type: 'address[]' },
            { name: 'removed', type: 'address[]' },
            { name: 'quorum', type: 'uint256' },
          ],
        },
        primaryType: 'AuthorityChange',
        message: { ...value, quorum: BigInt(value.quorum) },
      });
      expect(hashAuthorityChange(domain, value)).toBe(literal);
      const onChain = await context.chain.reader.readContract({
        ...{ address: registry.address, abi, functionName: 'hashAuthorityChange' },
        args: [changeArguments(value)],
      });
      expect(onChain).toBe(literal);
    }
  });

  test('adds, removes and sets the quorum in one', async () => {
    const value = change({ added: addresses(d, e), removed: addresses(a), quorum: 3 });
    expect(await apply(value)).toMatch(/^0x/);
    expect(await present()).toEqual({ authorities: addresses(b, c, d, e).sort(), quorum: 3 });
    expect((await registryAuthorities(registry)).lastChange).toBe(
      hashAuthorityChange(domain, value),
    );
    const isAuthority = (account: LocalAccount) =>
      context.chain.reader.readContract({
        ...{ address: registry.address, abi, functionName: 'isAuthority' },
        args: [account.address],
      });
    expect(await Promise.all([a, b, d].map(isAuthority))).toEqual([false, true, true]);
  });

  test('submitted again does nothing; one that another overtook is refused', async () => {
    const [one, other] = [change({ added: addresses(d) }), change({ added: addresses(e) })];
    await apply(one);
    expect(await apply(one)).toBeUndefined();
    await expect(apply(other)).rejects.toMatchObject({
      code: 'authority.outdated_change',
      facts: { last: hashAuthorityChange(domain, one) },
    });
    expect((await present()).authorities).toHaveLength(4);
  });

  test('is told by an event', async () => {
    const value = change({ added: addresses(d), removed: addresses(c), quorum: 1 });
    await apply(value);
    const [log] = await context.chain.reader.getContractEvents({
      ...{ address: registry.address, abi, fromBlock: 0n, eventName: 'AuthoritiesChanged' },
    });
    expect(log?.args).toEqual({
      ...changeArguments(value),
      change: hashAuthorityChange(domain, value),
      signers: addresses(a, b),
    });
  });

  test('can be taken in every order of the list', async () => {
    for (const [i, gone] of [a, b, c].entries()) {
      registry = await deployRegistry(context);
      domain = { ...domain, registry: registry.address };
      const left = testAuthorities.filter((one) => one !== gone);
      await apply(change({ removed: addresses(gone) }), left);
      expect(await present(), `${i}`).toMatchObject({ authorities: addresses(...left).sort() });
    }
  });
});

describe('the quorum', () => {
  test.each([
    ['of nobody', { quorum: 0 }],
    ['above the authorities', { quorum: 4 }],
    ['above those that are left', { removed: addresses(a, b), quorum: 2 }],
    ['of no authorities at all', { removed: addresses(a, b, c), quorum: 1 }],
  ])('%s is refused', async (_, fields) => {
    await refused(change(fields), 'InvalidQuorum');
  });

  test('in force is that before the change, until it was applied', async () => {
    await refused(change({ quorum: 1 }), 'QuorumNotReached', [a]);
    const raised = change({ quorum: 3 });
    await apply(raised);
    const next = change({
      previousChange: hashAuthorityChange(domain, raised),
      added: addresses(d),
    });
    await refused(next, 'QuorumNotReached', [a, b]);
    await apply(next, [a, b, c]);
    expect(await present()).toMatchObject({ quorum: 2 });
  });

  test('needs every signature to count', async () => {
    await refused(change({ added: addresses(d) }), 'NotAuthority', [a, b, d]);
    const [one = '0x'] = orderedSignatures(await signed(change({}), [a]));
    await expect(attempt(change({}), [one, one])).rejects.toMatchObject(
      revertedWith('SignersNotAscending'),
    );
  });
});

describe('lists', () => {
  const zero: Hex = `0x${'00'.repeat(20)}`;
  test.each<[string, Partial<AuthorityChange>, string]>([
    ['who is an authority cannot be added', { added: addresses(a) }, 'InvalidAuthority'],
    ['nor the zero address', { added: [zero] }, 'InvalidAuthority'],
    ['nor one twice', { added: addresses(d, d) }, 'InvalidAuthority'],
    ['who is none cannot be removed', { removed: addresses(d) }, 'NotAuthority'],
    ['nor one twice', { removed: addresses(a, a), quorum: 1 }, 'NotAuthority'],
    [
      'an authority both removed and added',
      { added: addresses(a), removed: addresses(a) },
      'InvalidAuthority',
    ],
    [
      'a stranger both added and removed',
      { added: addresses(d), removed: addresses(d) },
      'NotAuthority',
    ],
  ])('%s', async (_, fields, error) => {
    await refused(change(fields), error);
  });
});

describe('order', () => {
  test('a change names the one it follows', async () => {
    const wrong = `0x${'01'.repeat(32)}` as const;
    await refused(change({ previousChange: wrong }), 'WrongPreviousChange');
  });

  test('an applied change cannot be replayed, though its signers are there still', async () => {
    const value = change({ added: addresses(d) });
    const given = orderedSignatures(await signed(value));
    await apply(value);
    await expect(attempt(value, given)).rejects.toMatchObject(revertedWith('WrongPreviousChange'));
    const undo = change({
      previousChange: hashAuthorityChange(domain, value),
      removed: addresses(d),
    });
    await apply(undo);
    await expect(attempt(value, given)).rejects.toMatchObject(revertedWith('WrongPreviousChange'));
  });

  test('nor on another registry, nor under another chain id', async () => {
    const value = change({ added: addresses(d) });
    const twin = await deployRegistry(context);
    const given = orderedSignatures(await signed(value));
    await expect(attempt(value, given, twin.address)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
    const elsewhere = await signed(value, [a, b], { ...domain, chainId: 1 });
    await expect(attempt(value, orderedSignatures(elsewhere))).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
  });

  test('a signature of a change is none of another, nor of an epoch', async () => {
    const value = change({ added: addresses(d) });
    const [one] = await signed(value);
    if (!one) throw new Error('a signature expected');
    expect(await isChangeSignature(domain, value, one)).toBe(true);
    expect(await isChangeSignature(domain, change({ added: addresses(e) }), one)).toBe(false);
    const given = orderedSignatures(await signed(value));
    await expect(tryPublish(registry, commitment({ root: 5n }), given)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
    await expect(attempt(change({ added: addresses(e) }), given)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
  });
});

describe('epochs and changes', () => {
  const given = async (value: ReturnType<typeof commitment>, signers: LocalAccount[]) =>
    (await signatures(registry, value, signers)).map(({ signature }) => signature);

  test('a signature made before its maker was removed no longer counts, those of the others do', async () => {
    const value = commitment({ root: 5n });
    const before = await given(value, [a, b, c]);
    await apply(change({ removed: addresses(a), quorum: 2 }), [b, c]);
    await expect(tryPublish(registry, value, before)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
    await tryPublish(registry, value, before.slice(1));
    await expect(tryPublish(registry, value, before.slice(2))).rejects.toMatchObject(
      revertedWith('QuorumNotReached'),
    );
  });

  test('what was a quorum when it was signed is none where the quorum was raised since', async () => {
    const value = commitment({ root: 5n });
    const before = await given(value, [a, b]);
    await apply(change({ quorum: 3 }));
    await expect(tryPublish(registry, value, before)).rejects.toMatchObject(
      revertedWith('QuorumNotReached'),
    );
    await publish(registry, context.payer, value);
  });

  test('a new authority signs from the change on, and not before', async () => {
    const value = commitment({ root: 5n });
    const both = await given(value, [a, d].sort(byAddress));
    await expect(tryPublish(registry, value, both)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
    await apply(change({ added: addresses(d) }));
    await tryPublish(registry, value, both);
  });

  test('what was published stays published', async () => {
    await publish(registry, context.payer, commitment({ root: 5n }));
    const before = await allEpochs(registry);
    await apply(change({ added: addresses(d, e), removed: addresses(a, b) }));
    expect(await allEpochs(registry)).toEqual(before);
  });
});

function byAddress(x: LocalAccount, y: LocalAccount): number {
  return x.address.toLowerCase() < y.address.toLowerCase() ? -1 : 1;
}
