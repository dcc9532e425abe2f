import {
  createTestClient,
  domainSeparator,
  encodeDeployData,
  type Hex,
  hashTypedData,
  http,
  type LocalAccount,
  parseSignature,
  serializeSignature,
} from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  epochRegistryAbi,
  epochRegistryBytecode,
} from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import { deployContract } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import {
  canbaoDomain,
  hashCommitment,
  isSignatureOf,
  signCommitment,
} from '../../src/chain/epoch-commitment.ts';
import { publishEpoch } from '../../src/chain/publish-epoch.ts';
import {
  allEpochs,
  epochOfRoot,
  latestEpoch,
  type RegistryContract,
  registryAuthorities,
} from '../../src/chain/registry.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
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

let context: TestChain;
let registry: RegistryContract;
const stranger = privateKeyToAccount(`0x${'77'.repeat(32)}`);
/** Order of secp256k1: a signature (r, s) has the twin (r, n − s). */
const CURVE_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

async function deployRegistry(
  authorities: readonly Hex[] = testAuthorities.map(({ address }) => address),
  quorum = 2n,
): Promise<RegistryContract> {
  const data = encodeDeployData({
    abi: epochRegistryAbi,
    bytecode: epochRegistryBytecode,
    args: [authorities, quorum],
  });
  const address = await deployContract(context.chain, context.payer, data, 1);
  return { chain: context.chain, address };
}

async function signed(value = commitment({ root: 5n }), signers?: readonly LocalAccount[]) {
  return (await signatures(registry, value, signers)).map(({ signature }) => signature);
}

beforeAll(async () => {
  context = await startTestChain();
}, 30_000);
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  registry = await deployRegistry();
});

describe('deployment', () => {
  const [a, b] = testAuthorities.map(({ address }) => address) as [Hex, Hex, Hex];

  test.each([
    ['no quorum', [a, b], 0n, 'InvalidQuorum'],
    ['a quorum above the authorities', [a, b], 3n, 'InvalidQuorum'],
    ['no authorities', [], 1n, 'InvalidQuorum'],
    ['an authority twice', [a, b, a], 1n, 'InvalidAuthority'],
    ['the zero address', [a, `0x${'00'.repeat(20)}`], 1n, 'InvalidAuthority'],
  ] as const)('refuses %s', async (_, authorities, quorum, error) => {
    await expect(deployRegistry(authorities, quorum)).rejects.toMatchObject(revertedWith(error));
  });

  test('tells its authorities', async () => {
    expect(await registryAuthorities(registry)).toEqual({
      authorities: testAuthorities.map(({ address }) => address),
      quorum: 2,
      lastChange: `0x${'00'.repeat(32)}`,
    });
  });
});

describe('EIP-712', () => {
  test('contract, adapter and a typed-data literal hash alike', async () => {
    const value = commitment({ root: 5n, previous: 3n, month: 1521, revision: 2, accounts: 42 });
    const literal = hashTypedData({
      domain: {
        name: 'Canbao',
        version: '1',
        chainId: context.chain.chainId,
        verifyingContract: registry.address,
      },
      types: {
        EpochCommitment: [
          { name: 'month', type: 'uint32' },
          { name: 'revision', type: 'uint32' },
          { name: 'epochRoot', type: 'uint256' },
          { name: 'previousRoot', type: 'uint256' },
          { name: 'accounts', type: 'uint64' },
        ],
      },
      primaryType: 'EpochCommitment',
      message: { month: 1521, revision: 2, epochRoot: 5n, previousRoot: 3n, accounts: 42n },
    });
    const domain = { chainId: context.chain.chainId, registry: registry.address };
    expect(hashCommitment(domain, value)).toBe(literal);
    const onChain = await context.chain.reader.readContract({
      address: registry.address,
      abi: epochRegistryAbi,
      functionName: 'hashCommitment',
      args: [{ ...value, accounts: BigInt(value.accounts) }],
    });
    expect(onChain).toBe(literal);
  });

  test('on another chain the domain is another one', async () => {
    const clock = createTestClient({ mode: 'anvil', transport: http(context.node.url) });
    const separator = () =>
      context.chain.reader.readContract({
        address: registry.address,
        abi: epochRegistryAbi,
        functionName: 'domainSeparator',
      });
    const expected = (chainId: number) =>
      domainSeparator({ domain: canbaoDomain({ chainId, registry: registry.address }) });
    const { chainId } = context.chain;
    expect(await separator()).toBe(expected(chainId));
    try {
      await clock.request({ method: 'anvil_setChainId', params: [99] } as never);
      expect(await separator()).toBe(expected(99));
    } finally {
      await clock.request({ method: 'anvil_setChainId', params: [chainId] } as never);
    }
    expect(await separator()).toBe(expected(chainId));
  });

  test('a signature is recognised as its signer’s only', async () => {
    const value = commitment({ root: 5n });
    const [one, two] = await signatures(registry, value);
    if (!one || !two) throw new Error('two signatures expected');
    const domain = { chainId: context.chain.chainId, registry: registry.address };
    expect(await isSignatureOf(domain, value, one)).toBe(true);
    expect(await isSignatureOf(domain, value, { ...one, signature: two.signature })).toBe(false);
    expect(await isSignatureOf(domain, commitment({ root: 6n }), one)).toBe(false);
    expect(await isSignatureOf(domain, value, { ...one, signature: '0x1234' })).toBe(false);
  });
});

describe('quorum', () => {
  const value = commitment({ root: 5n });

  test('two of three suffice, in whatever order they were collected', async () => {
    const collected = (await signatures(registry, value, testAuthorities.slice(1))).reverse();
    await publishEpoch(registry, context.payer, value, collected);
    expect(await latestEpoch(registry)).toMatchObject({
      root: 5n,
      month: 1500,
      accounts: 1000,
    });
  });

  test('other contracts ask who signed whatever digest', async () => {
    const digest = `0x${'d1'.repeat(32)}` as const;
    const signed = await Promise.all(testAuthorities.map((one) => one.sign?.({ hash: digest })));
    const ask = (by: readonly (Hex | undefined)[], of: Hex = digest) =>
      withChainErrors(context.chain.url, () =>
        context.chain.reader.readContract({
          ...{ address: registry.address, abi: epochRegistryAbi, functionName: 'requireQuorum' },
          args: [of, by as readonly Hex[]],
        }),
      );
    expect(await ask(signed)).toEqual(testAuthorities.map(({ address }) => address));
    await expect(ask(signed.slice(0, 1))).rejects.toMatchObject(revertedWith('QuorumNotReached'));
    await expect(ask(signed.toReversed())).rejects.toMatchObject(
      revertedWith('SignersNotAscending'),
    );
    const other = `0x${'d2'.repeat(32)}` as const;
    await expect(ask(signed, other)).rejects.toMatchObject({ code: 'chain.reverted' });
  });

  test('one is too few', async () => {
    const one = await signed(value, testAuthorities.slice(0, 1));
    await expect(tryPublish(registry, value, one)).rejects.toMatchObject(
      revertedWith('QuorumNotReached'),
    );
  });

  test('one signer twice is not two', async () => {
    const [one = '0x'] = await signed(value);
    await expect(tryPublish(registry, value, [one, one])).rejects.toMatchObject(
      revertedWith('SignersNotAscending'),
    );
  });

  test('descending signers are refused', async () => {
    const both = (await signed(value)).reverse();
    await expect(tryPublish(registry, value, both)).rejects.toMatchObject(
      revertedWith('SignersNotAscending'),
    );
  });

  test('a stranger does not count, even beside a quorum', async () => {
    const all = await signed(value, [...testAuthorities, stranger]);
    await expect(tryPublish(registry, value, all)).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
  });

  test('the high-s twin of a good signature is refused', async () => {
    const [one = '0x', two = '0x'] = await signed(value);
    await tryPublish(registry, value, [one, two]);
    const { r, s, yParity } = parseSignature(two);
    const twin = serializeSignature({
      r,
      s: `0x${(CURVE_ORDER - BigInt(s)).toString(16).padStart(64, '0')}`,
      yParity: 1 - yParity,
    });
    await expect(tryPublish(registry, value, [one, twin])).rejects.toMatchObject(
      revertedWith('InvalidSignature'),
    );
  });

  test.each([
    ['empty', '0x'],
    ['short', `0x${'11'.repeat(64)}`],
    ['long', `0x${'11'.repeat(66)}`],
    ['zero, recovering to nobody', `0x${'00'.repeat(65)}`],
    ['with v = 29', `0x${'11'.repeat(64)}1d`],
  ] as const)('a signature that is %s is refused', async (_, bad) => {
    const [one = '0x'] = await signed(value);
    await expect(tryPublish(registry, value, [one, bad])).rejects.toMatchObject(
      revertedWith('InvalidSignature'),
    );
  });

  test.each([
    ['another chain', (domain: { chainId: number; registry: Hex }) => ({ ...domain, chainId: 1 })],
    [
      'another registry',
      (domain: { chainId: number; registry: Hex }) => ({ ...domain, registry: stranger.address }),
    ],
  ])('signatures for %s are refused', async (_, change) => {
    const domain = change({ chainId: context.chain.chainId, registry: registry.address });
    const foreign = await Promise.all(
      testAuthorities.map((authority) => signCommitment(domain, authority, value)),
    );
    await expect(
      tryPublish(
        registry,
        value,
        foreign.map(({ signature }) => signature),
      ),
    ).rejects.toMatchObject(revertedWith('NotAuthority'));
  });

  test.each([
    ['month', { month: 1501 }],
    ['accounts', { accounts: 1001 }],
    ['root', { root: 6n }],
  ])('signatures do not carry over to another %s', async (_, change) => {
    const other = commitment({ root: 5n, ...change });
    await expect(tryPublish(registry, other, await signed(value))).rejects.toMatchObject(
      revertedWith('NotAuthority'),
    );
  });
});

describe('order', () => {
  const refused = async (fields: Parameters<typeof commitment>[0], error: string) => {
    const value = commitment(fields);
    await expect(tryPublish(registry, value, await signed(value))).rejects.toMatchObject(
      revertedWith(error),
    );
  };

  test('a root of zero or not below r is refused', async () => {
    for (const epochRoot of [0n, FIELD_ORDER, FIELD_ORDER + 5n, 2n ** 256n - 1n]) {
      const value = { ...commitment({ root: 5n }), epochRoot };
      await expect(tryPublish(registry, value, [])).rejects.toMatchObject(
        revertedWith('InvalidRoot'),
      );
    }
    await publish(registry, context.payer, commitment({ root: FIELD_ORDER - 1n }));
  });

  test('a commitment is published once', async () => {
    await publish(registry, context.payer, commitment({ root: 5n }));
    await refused({ root: 5n }, 'RootAlreadyPublished');
    await refused({ root: 5n, month: 1501, previous: 5n }, 'RootAlreadyPublished');
  });

  test('publishing again what is published sends nothing', async () => {
    const value = commitment({ root: 5n });
    const collected = await signatures(registry, value);
    expect(await publishEpoch(registry, context.payer, value, collected)).toMatch(/^0x/);
    expect(await publishEpoch(registry, context.payer, value, collected)).toBeUndefined();
    await expect(
      publishEpoch(registry, context.payer, { ...value, revision: 1 }, collected),
    ).rejects.toMatchObject(revertedWith('RootAlreadyPublished'));
    expect(await allEpochs(registry)).toHaveLength(1);
  });

  test('two operators submitting one epoch at once both succeed, and it is published once', async () => {
    const value = commitment({ root: 5n });
    const collected = await signatures(registry, value);
    const { both } = await context.inOneBlock(async () => {
      const one = publishEpoch(registry, context.payer, value, collected);
      await context.pending(1);
      const two = publishEpoch(registry, embeddedAccount(1), value, collected);
      return { both: Promise.all([one, two]) };
    });
    const hashes = await both;
    expect(hashes.filter((hash) => hash === undefined)).toHaveLength(1);
    expect(await allEpochs(registry)).toHaveLength(1);
  });

  test('of two different closings of one month one wins, and the other is told why', async () => {
    const values = [commitment({ root: 5n }), commitment({ root: 6n })] as const;
    const [first, second] = [
      await signatures(registry, values[0]),
      await signatures(registry, values[1]),
    ];
    const { both } = await context.inOneBlock(async () => {
      const one = publishEpoch(registry, context.payer, values[0], first);
      await context.pending(1);
      const two = publishEpoch(registry, embeddedAccount(1), values[1], second);
      return { both: Promise.allSettled([one, two]) };
    });
    const outcomes = await both;
    const lost = outcomes.filter(({ status }) => status === 'rejected');
    expect(lost).toMatchObject([{ reason: revertedWith('WrongPreviousRoot') }]);
    expect(await allEpochs(registry)).toHaveLength(1);
  });

  test('a crash before the last confirmation is made good by repeating', async () => {
    const deep = { ...registry, confirmations: 2 };
    const value = commitment({ root: 5n });
    await publish(registry, context.payer, value);
    const repeated = publishEpoch(deep, context.payer, value, []);
    await context.pass(1);
    expect(await repeated).toBeUndefined();
    expect(await epochOfRoot(deep, value.epochRoot)).toMatchObject({ revision: 0 });
  });

  test('the history is chained', async () => {
    await refused({ root: 5n, previous: 4n }, 'WrongPreviousRoot');
    await publish(registry, context.payer, commitment({ root: 5n }));
    await refused({ root: 6n, month: 1501 }, 'WrongPreviousRoot');
    await refused({ root: 6n, month: 1501, previous: 7n }, 'WrongPreviousRoot');
    await publish(registry, context.payer, commitment({ root: 6n, month: 1501, previous: 5n }));
  });

  test('months only go forward, and may be skipped', async () => {
    await publish(registry, context.payer, commitment({ root: 5n }));
    await refused({ root: 6n, month: 1499, previous: 5n }, 'MonthOutOfOrder');
    await publish(registry, context.payer, commitment({ root: 6n, month: 1510, previous: 5n }));
    await refused({ root: 7n, month: 1505, previous: 6n }, 'MonthOutOfOrder');
  });

  test('the contract itself knows no month beyond 12 bits', async () => {
    const value = { ...commitment({ root: 5n }), month: 4096 };
    await expect(tryPublish(registry, value, [])).rejects.toMatchObject(
      revertedWith('MonthOutOfOrder'),
    );
  });

  test('month 0 can be the first', async () => {
    await publish(registry, context.payer, commitment({ root: 5n, month: 0 }));
    await refused({ root: 6n, month: 0, previous: 5n }, 'WrongRevision');
    expect(await latestEpoch(registry)).toMatchObject({ month: 0, root: 5n });
  });

  test('revisions count up from the month’s last', async () => {
    await refused({ root: 5n, revision: 1 }, 'WrongRevision');
    await publish(registry, context.payer, commitment({ root: 5n }));
    await refused({ root: 6n, previous: 5n }, 'WrongRevision');
    await refused({ root: 6n, previous: 5n, revision: 2 }, 'WrongRevision');
    await publish(registry, context.payer, commitment({ root: 6n, previous: 5n, revision: 1 }));
    await refused({ root: 7n, previous: 6n, revision: 1 }, 'WrongRevision');
    await publish(registry, context.payer, commitment({ root: 7n, previous: 6n, revision: 2 }));
  });
});

describe('times', () => {
  const status = (root: bigint) => epochOfRoot(registry, toEpochRoot(root));
  /** Publishes an hour after the head; returns when. */
  async function publishLater(fields: Parameters<typeof commitment>[0]): Promise<number> {
    await context.pass(3600);
    await publish(registry, context.payer, commitment(fields));
    return context.now();
  }

  test('an unknown root has none', async () => {
    expect(await status(5n)).toBeUndefined();
    expect(await latestEpoch(registry)).toBeUndefined();
    expect(await allEpochs(registry)).toEqual([]);
  });

  test('a root is superseded when a later month comes out, not when it was made', async () => {
    const first = await publishLater({ root: 5n });
    expect(await status(5n)).toEqual({ month: 1500, revision: 0, publishedAt: first });
    const second = await publishLater({ root: 6n, month: 1501, previous: 5n });
    await publishLater({ root: 7n, month: 1502, previous: 6n });
    expect(await status(5n)).toEqual({
      month: 1500,
      revision: 0,
      publishedAt: first,
      supersededAt: second,
    });
  });

  test('a correction of the latest month takes its place', async () => {
    const first = await publishLater({ root: 5n });
    const second = await publishLater({ root: 6n, revision: 1, previous: 5n });
    expect(await status(5n)).toEqual({
      month: 1500,
      revision: 0,
      publishedAt: first,
      supersededAt: second,
      correctedAt: second,
    });
    expect(await status(6n)).toEqual({ month: 1500, revision: 1, publishedAt: second });
    expect(await latestEpoch(registry)).toMatchObject({ root: 6n, revision: 1 });
  });

  test('a correction of an older month is superseded as of when the next month came out', async () => {
    const first = await publishLater({ root: 5n });
    const second = await publishLater({ root: 6n, month: 1501, previous: 5n });
    const third = await publishLater({ root: 7n, revision: 1, previous: 6n });
    const fourth = await publishLater({ root: 8n, revision: 2, previous: 7n });
    const month = 1500;
    expect(await allEpochs(registry)).toEqual([
      {
        root: 5n,
        accounts: 1000,
        month,
        revision: 0,
        publishedAt: first,
        supersededAt: second,
        correctedAt: third,
      },
      { root: 6n, accounts: 1000, month: 1501, revision: 0, publishedAt: second },
      {
        root: 7n,
        accounts: 1000,
        month,
        revision: 1,
        publishedAt: third,
        supersededAt: second,
        correctedAt: fourth,
      },
      {
        root: 8n,
        accounts: 1000,
        month,
        revision: 2,
        publishedAt: fourth,
        supersededAt: second,
      },
    ]);
    expect(await latestEpoch(registry)).toMatchObject({ root: 6n });
    const current = await context.chain.reader.readContract({
      address: registry.address,
      abi: epochRegistryAbi,
      functionName: 'rootOf',
      args: [month],
    });
    expect(current).toBe(8n);
  });

  test('after a late correction the next month still supersedes the latest one', async () => {
    await publishLater({ root: 5n });
    await publishLater({ root: 6n, month: 1501, previous: 5n });
    await publishLater({ root: 7n, revision: 1, previous: 6n });
    const fourth = await publishLater({ root: 8n, month: 1502, previous: 7n });
    expect(await status(6n)).toMatchObject({ supersededAt: fourth });
    expect(await latestEpoch(registry)).toMatchObject({ root: 8n });
  });

  test('with confirmations asked for, a root counts only once it is that deep', async () => {
    const deep = { ...registry, confirmations: 3 };
    await context.pass(1);
    await context.pass(1);
    await publish(registry, context.payer, commitment({ root: 5n }));
    const root = toEpochRoot(5n);
    expect(await epochOfRoot(deep, root)).toBeUndefined();
    await context.pass(1);
    expect(await epochOfRoot(deep, root)).toBeUndefined();
    await context.pass(1);
    expect(await epochOfRoot(deep, root)).toMatchObject({ month: 1500 });
  });

  test('events tell an indexer the whole story', async () => {
    await publishLater({ root: 5n });
    const second = await publishLater({ root: 6n, month: 1501, previous: 5n });
    await publishLater({ root: 7n, revision: 1, previous: 6n, accounts: 7 });
    const logs = await context.chain.reader.getContractEvents({
      address: registry.address,
      abi: epochRegistryAbi,
      fromBlock: 0n,
    });
    const signers = testAuthorities.map(({ address }) => address);
    expect(logs.map(({ eventName, args }) => [eventName, args])).toEqual([
      [
        'EpochPublished',
        {
          epochRoot: 5n,
          month: 1500,
          revision: 0,
          previousRoot: 0n,
          accounts: 1000n,
          supersededAt: 0,
          signers,
        },
      ],
      ['EpochSuperseded', { epochRoot: 5n, byRoot: 6n }],
      [
        'EpochPublished',
        {
          epochRoot: 6n,
          month: 1501,
          revision: 0,
          previousRoot: 5n,
          accounts: 1000n,
          supersededAt: 0,
          signers,
        },
      ],
      ['EpochCorrected', { epochRoot: 5n, byRoot: 7n }],
      [
        'EpochPublished',
        {
          epochRoot: 7n,
          month: 1500,
          revision: 1,
          previousRoot: 6n,
          accounts: 7n,
          supersededAt: second,
          signers,
        },
      ],
    ]);
  });
});
