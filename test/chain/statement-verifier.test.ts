import fc from 'fast-check';
import {
  type Address,
  createWalletClient,
  encodeDeployData,
  encodeFunctionData,
  type Hex,
  http,
  stringToHex,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  statementVerifierAbi as abi,
  statementVerifierBytecode as bytecode,
} from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import {
  type ContractPresentation,
  type ContractRequest,
  contractPresentation,
} from '../../src/chain/contract-presentation.ts';
import { deployContract } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import {
  checkOnChain,
  consume,
  contractAudience,
  isNullifierSpent,
  type StatementVerifierContract,
} from '../../src/chain/statement-verifier.ts';
import { confirmed } from '../../src/chain/transactions.ts';
import type { Deployment } from '../../src/chain/types.ts';
import { toEpochRoot, toNullifier } from '../../src/core/brands.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { proofFromWords } from '../../src/groth16/proof.ts';
import { verificationKeyHash, verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { createRequest } from '../../src/request/presentation-request.ts';
import {
  requestHash as hashOfRequest,
  requestTypedData,
  statementId,
} from '../../src/request/request-hash.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  revertedWith,
  startTestChain,
  type TestChain,
} from '../support/test-chain.ts';
import {
  requestHashFor,
  requestTypes,
  scopeOf,
  tinyPresentation,
  tinyRequest,
} from '../support/tiny-presentation.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

const DAY = 86_400;
const MAX_STALENESS = 30 * DAY;
const ROOT = 1_000_003n;

let context: TestChain;
let deployment: Deployment;
let verifier: StatementVerifierContract;
let registry: RegistryContract;
let key: readonly bigint[];
const audience = embeddedAccount(1);

const deploy = (statements: Record<string, readonly bigint[]> = { 'coverage@1': key }) =>
  deployTestContracts(context.chain, context.payer, {
    maxStaleness: MAX_STALENESS,
    statements,
  });

const requestHash = (request: ContractRequest, to: Address = registry.address) =>
  requestHashFor({ chainId: context.chain.chainId, registry: to }, request);

async function makeRequest(changes: Partial<ContractRequest> = {}): Promise<ContractRequest> {
  return tinyRequest({
    audience: contractAudience(context.chain.chainId, audience.address),
    expiresAt: BigInt((await context.now()) + 3600),
    ...changes,
  });
}

/** A real proof for a request: whatever is wrong in it is wrong in the request, not in the proof. */
async function present(
  changes: Partial<ContractRequest> = {},
  { epochRoot = ROOT }: { epochRoot?: bigint } = {},
): Promise<ContractPresentation> {
  const domain = { chainId: context.chain.chainId, registry: registry.address };
  return tinyPresentation(domain, await makeRequest(changes), epochRoot);
}

beforeAll(async () => {
  context = await startTestChain();
  key = verificationKeyWords(await tinyVerificationKey());
  deployment = await deploy();
  verifier = { chain: context.chain, address: deployment.statementVerifier };
  registry = { chain: context.chain, address: deployment.registry };
  await publish(registry, context.payer, commitment({ root: ROOT }));
}, 60_000);
afterAll(() => context[Symbol.asyncDispose]());

describe('deployment', () => {
  const deployWith = (
    statements: readonly (readonly [string, Address, Hex])[],
    to = registry.address,
  ) => {
    const entries = statements.map(([name, at, vkeyHash]) => ({
      statement: statementId(name),
      verifier: at,
      vkeyHash,
    }));
    const data = encodeDeployData({ abi, bytecode, args: [to, 1n, 0, entries] });
    return deployContract(context.chain, context.payer, data, 1);
  };
  const hashOf = async () => verificationKeyHash(await tinyVerificationKey());
  const groth16 = () => deployment.verifiers['coverage@1'] as Address;

  test('binds statements to verifiers', async () => {
    const address = await deployWith([
      ['coverage@1', groth16(), await hashOf()],
      ['other@1', groth16(), await hashOf()],
    ]);
    const verifierOf = await context.chain.reader.readContract({
      address,
      abi,
      functionName: 'verifierOf',
      args: [statementId('other@1')],
    });
    expect(verifierOf.toLowerCase()).toBe(groth16());
  });

  test('refuses a verifier with another key', async () => {
    await expect(
      deployWith([['coverage@1', groth16(), `0x${'01'.repeat(32)}`]]),
    ).rejects.toMatchObject(revertedWith('WrongVerificationKey'));
  });

  test('refuses a statement twice', async () => {
    const entry = ['coverage@1', groth16(), await hashOf()] as const;
    await expect(deployWith([entry, entry])).rejects.toMatchObject(
      revertedWith('StatementAlreadyRegistered'),
    );
  });

  test('refuses addresses without a contract', async () => {
    await expect(
      deployWith([['coverage@1', audience.address, await hashOf()]]),
    ).rejects.toMatchObject(revertedWith('NotAContract'));
    await expect(deployWith([], audience.address)).rejects.toMatchObject(
      revertedWith('NotAContract'),
    );
  });

  test('refuses an unsafe key, and one of another length', async () => {
    const forgeable = key.toSpliced(10, 4, ...key.slice(6, 10));
    await expect(deploy({ 'coverage@1': forgeable })).rejects.toMatchObject(
      revertedWith('UnsafeVerificationKey'),
    );
    await expect(deploy({ 'coverage@1': key.slice(1) })).rejects.toMatchObject({
      code: 'chain.bad_value',
    });
  });
});

describe('hashes', () => {
  test('the request hash is the EIP-712 digest under the registry’s domain, without 3 bits', async () => {
    for (const changes of [{}, { audience: 'https://例子.cn', purpose: '租房补贴', params: 0n }]) {
      const request = await makeRequest(changes);
      const onChain = await context.chain.reader.readContract({
        address: verifier.address,
        abi,
        functionName: 'hashRequest',
        args: [request],
      });
      expect(onChain).toBe(requestHash(request));
      expect(onChain).not.toBe(requestHash(request, verifier.address));
    }
  });

  test('a request of the product hashes alike on both sides', async () => {
    const statement = statementRegistry.get('coverage@1');
    if (!statement) throw new Error('coverage@1 expected');
    const request = createRequest({
      domain: { chainId: context.chain.chainId, verifyingContract: registry.address },
      statement,
      params: Object.fromEntries(
        Object.keys(statement.params).map((name) => [name, statement.ranges?.[name]?.[0] ?? 0n]),
      ),
      audience: contractAudience(context.chain.chainId, verifier.address),
      purpose: '租房补贴',
      expiresAt: 2_000_000_000,
    });
    const { message } = requestTypedData(request, statement);
    const onChain = await context.chain.reader.readContract({
      address: verifier.address,
      abi,
      functionName: 'hashRequest',
      args: [message],
    });
    expect(onChain).toBe(hashOfRequest(request, statement));

    const tiny = await present();
    const presentation = {
      request,
      epochRoot: toEpochRoot(ROOT),
      nullifier: toNullifier(tiny.nullifier),
      proof: proofFromWords(tiny.proof),
    };
    // Everything about it is in order but the proof, which is of another request.
    const taken = contractPresentation(presentation, statement);
    expect(taken.proof).toEqual(tiny.proof);
    expect(await checkOnChain(verifier, taken)).toBe('invalid_proof');
  });

  test('the type string is the documented one', () => {
    const fields = requestTypes.PresentationRequest.map(({ type, name }) => `${type} ${name}`);
    expect(`PresentationRequest(${fields.join(',')})`).toBe(
      'PresentationRequest(bytes32 statement,uint256 params,uint256 scope,string audience,string purpose,bytes32 nonce,uint64 expiresAt)',
    );
  });

  test('scopes are those of the design, and a purpose with a colon has none', async () => {
    const read = (to: string, purpose: string) =>
      withChainErrors(context.chain.url, () =>
        context.chain.reader.readContract({
          address: verifier.address,
          abi,
          functionName: 'scopeOf',
          args: [to, purpose],
        }),
      );
    for (const [to, purpose] of [
      ['https://a.cn', 'rent'],
      ['', ''],
      ['https://a.cn:8443', '购房'.repeat(40)],
    ] as const) {
      expect(await read(to, purpose)).toBe(scopeOf(to, purpose));
    }
    for (const purpose of [':', 'a:', ':a', `${'a'.repeat(70)}:b`]) {
      await expect(read('https://a.cn', purpose)).rejects.toMatchObject(
        revertedWith('PurposeHasColon'),
      );
    }
  });
});

test('of any texts the scope is that of TypeScript, and a colon is found wherever it is', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 100 });
  const purpose = fc.oneof(
    text.map((one) => one.replaceAll(':', ';')),
    fc.tuple(text, text).map(([before, after]) => `${before}:${after}`),
  );
  await fc.assert(
    fc.asyncProperty(text, purpose, async (to, what) => {
      const answer = await context.chain.reader
        .readContract({
          ...{ address: verifier.address, abi, functionName: 'scopeOf', args: [to, what] },
        })
        .catch(() => undefined);
      expect(answer).toBe(what.includes(':') ? undefined : scopeOf(to, what));
    }),
    { numRuns: 60, seed: 20261125 },
  );
});

test('a colon behind the end of a purpose is none of it', async () => {
  const purpose = 'rent';
  const args = ['https://a.cn', purpose] as const;
  const data = encodeFunctionData({ abi, functionName: 'scopeOf', args });
  // The last word is the purpose and what fills it up.
  const filled = `${data.slice(0, -64)}${stringToHex(purpose).slice(2)}${'3a'.repeat(28)}` as Hex;
  const answer = await context.chain.reader.call({ to: verifier.address, data: filled });
  expect(BigInt(answer.data ?? '0x0')).toBe(scopeOf(...args));
});

describe('check', () => {
  const check = (presentation: ContractPresentation) => checkOnChain(verifier, presentation);

  test('accepts a valid presentation, for whatever audience, again and again', async () => {
    const presentation = await present();
    expect(await check(presentation)).toBe('valid');
    expect(await check(presentation)).toBe('valid');
    expect(await check(await present({ audience: 'https://bank.example' }))).toBe('valid');
  });

  test('unknown statement', async () => {
    const presentation = await present({ statement: statementId('coverage@2') });
    expect(await check(presentation)).toBe('unknown_statement');
  });

  test('wrong scope', async () => {
    expect(await check(await present({ scope: 13n }))).toBe('wrong_scope');
    expect(await check(await present({ purpose: 'a:b' }))).toBe('wrong_scope');
    const { request, ...rest } = await present();
    expect(
      await check({ ...rest, request: { ...request, scope: request.scope + FIELD_ORDER } }),
    ).toBe('wrong_scope');
    expect(await check({ ...rest, request: { ...request, purpose: 'another' } })).toBe(
      'wrong_scope',
    );
    expect(await check({ ...rest, request: { ...request, audience: 'https://a.cn' } })).toBe(
      'wrong_scope',
    );
  });

  test('expired, from the second it says', async () => {
    const expiresAt = (await context.now()) + 1000;
    const presentation = await present({ expiresAt: BigInt(expiresAt) });
    await context.pass(900);
    expect(await check(presentation)).toBe('valid');
    await context.pass(expiresAt - (await context.now()));
    expect(await context.now()).toBe(expiresAt);
    expect(await check(presentation)).toBe('expired');
    expect(await check(await present({ expiresAt: 0n }))).toBe('expired');
    expect(await check(await present({ expiresAt: 2n ** 64n - 1n }))).toBe('valid');
  });

  test('unknown root', async () => {
    for (const epochRoot of [0n, ROOT + 1n]) {
      expect(await check(await present({}, { epochRoot }))).toBe('unknown_root');
    }
    const presentation = await present();
    expect(await check({ ...presentation, epochRoot: ROOT + FIELD_ORDER })).toBe('unknown_root');
  });

  test('invalid proof: every signal and coordinate tampered with, and pushed past its modulus', async () => {
    const presentation = await present();
    const { request, nullifier, proof } = presentation;
    const changed: ContractPresentation[] = [
      { ...presentation, nullifier: nullifier + 1n },
      { ...presentation, nullifier: nullifier + FIELD_ORDER },
      { ...presentation, request: { ...request, params: request.params + 1n } },
      { ...presentation, request: { ...request, params: request.params + FIELD_ORDER } },
      { ...presentation, request: { ...request, nonce: `0x${'00'.repeat(32)}` } },
      { ...presentation, request: { ...request, expiresAt: request.expiresAt + 1n } },
      ...proof.map((word, i) => ({ ...presentation, proof: proof.with(i, word + 1n) })),
      { ...presentation, proof: proof.map(() => 2n ** 256n - 1n) },
      { ...presentation, proof: proof.map(() => 0n) },
    ];
    for (const one of changed) expect(await check(one)).toBe('invalid_proof');
  });

  test('a presentation for another registry proves nothing here', async () => {
    const { chainId, registry: elsewhere } = await deploy();
    const domain = { chainId, registry: elsewhere };
    const presentation = await tinyPresentation(domain, await makeRequest(), ROOT);
    expect(await check(presentation)).toBe('invalid_proof');
  });

  test('values no contract can take are refused with a code', async () => {
    const presentation = await present();
    await expect(check({ ...presentation, nullifier: -1n })).rejects.toMatchObject({
      code: 'chain.bad_value',
    });
    await expect(check({ ...presentation, proof: [1n] })).rejects.toMatchObject({
      code: 'chain.bad_value',
    });
  });
});

describe('consume', () => {
  test('spends a nullifier once, tells the world, and leaves check alone', async () => {
    const presentation = await present({ purpose: 'once' });
    expect(await isNullifierSpent(verifier, presentation.nullifier)).toBe(false);
    const hash = await consume(verifier, audience, presentation);
    expect(await isNullifierSpent(verifier, presentation.nullifier)).toBe(true);
    expect(await checkOnChain(verifier, presentation)).toBe('valid');

    const { blockNumber } = await context.chain.reader.getTransactionReceipt({ hash });
    const [event] = await context.chain.reader.getContractEvents({
      address: verifier.address,
      abi,
      eventName: 'Consumed',
      fromBlock: blockNumber,
    });
    expect(event?.args).toEqual({
      statement: presentation.request.statement,
      scope: presentation.request.scope,
      nullifier: presentation.nullifier,
      epochRoot: ROOT,
      requestHash: requestHash(presentation.request),
    });

    await expect(consume(verifier, audience, presentation)).rejects.toMatchObject({
      code: 'chain.rejected',
      facts: { verdict: 'nullifier_spent' },
    });
    const again = await present({ purpose: 'once', nonce: `0x${'01'.repeat(32)}` });
    await expect(consume(verifier, audience, again)).rejects.toMatchObject({
      facts: { verdict: 'nullifier_spent' },
    });
  });

  test('only the audience itself, on this chain, spelt one way', async () => {
    const rejected = { code: 'chain.rejected', facts: { verdict: 'wrong_audience' } };
    const { chainId } = context.chain;
    const presentation = await present({ purpose: 'mine' });
    await expect(consume(verifier, context.payer, presentation)).rejects.toMatchObject(rejected);
    for (const name of [
      'https://a.cn',
      '',
      contractAudience(1, audience.address),
      `eip155:${chainId}:${audience.address}`,
      `${contractAudience(chainId, audience.address)} `,
    ]) {
      const other = await present({ audience: name });
      await expect(consume(verifier, audience, other)).rejects.toMatchObject(rejected);
    }
    await consume(verifier, audience, presentation);
  });

  test('what does not check out is rejected and spends nothing', async () => {
    const presentation = await present({ purpose: 'tampered' });
    const tampered = { ...presentation, proof: presentation.proof.with(6, 1n).with(7, 2n) };
    await expect(consume(verifier, audience, tampered)).rejects.toMatchObject({
      code: 'chain.rejected',
      facts: { verdict: 'invalid_proof' },
    });
    expect(await isNullifierSpent(verifier, presentation.nullifier)).toBe(false);
    await consume(verifier, audience, presentation);
  });

  test('of twenty transactions in one block that spend one nullifier exactly one wins', async () => {
    const presentation = await present({ purpose: 'race' });
    const { reader } = context.chain;
    const transport = http(context.node.url);
    const wallet = createWalletClient({ account: audience, chain: reader.chain, transport });
    const first = await reader.getTransactionCount({ address: audience.address });
    const args = [{ ...presentation, proof: presentation.proof as never }] as const;
    const hashes = await context.inOneBlock(() =>
      Promise.all(
        Array.from({ length: 20 }, (_, i) =>
          wallet.writeContract({
            address: verifier.address,
            abi,
            functionName: 'consume',
            args,
            nonce: first + i,
            gas: 500_000n,
          }),
        ),
      ),
    );
    const receipts = await Promise.all(
      hashes.map((hash) => reader.getTransactionReceipt({ hash })),
    );
    expect(new Set(receipts.map(({ blockNumber }) => blockNumber)).size).toBe(1);
    const lost = receipts.filter(({ status }) => status === 'reverted');
    expect(lost).toHaveLength(19);
    // A transaction that was in order when it was sent and not when it was mined still says why.
    for (const { transactionHash } of lost.slice(0, 2)) {
      await expect(confirmed(context.chain, transactionHash, 1)).rejects.toMatchObject({
        code: 'chain.rejected',
        facts: { verdict: 'nullifier_spent' },
      });
    }
  });
});

describe('freshness', () => {
  test('counts from when the root was superseded, and a correction ends it at once', async () => {
    await context.pass(400 * DAY);
    const far = { expiresAt: 2n ** 40n };
    const old = await present(far);
    expect(await checkOnChain(verifier, old)).toBe('valid');

    await publish(registry, context.payer, commitment({ root: 2n, month: 1501, previous: ROOT }));
    const supersededAt = await context.now();
    expect(await checkOnChain(verifier, old)).toBe('valid');
    await context.pass(MAX_STALENESS - ((await context.now()) - supersededAt));
    expect(await checkOnChain(verifier, old)).toBe('valid');
    await context.pass(1);
    expect(await checkOnChain(verifier, old)).toBe('superseded');

    const next = await present(far, { epochRoot: 2n });
    expect(await checkOnChain(verifier, next)).toBe('valid');
    await publish(
      registry,
      context.payer,
      commitment({ root: 3n, month: 1501, revision: 1, previous: 2n }),
    );
    expect(await checkOnChain(verifier, next)).toBe('corrected');
    expect(await checkOnChain(verifier, await present(far, { epochRoot: 3n }))).toBe('valid');

    await publish(
      registry,
      context.payer,
      commitment({ root: 4n, month: 1500, revision: 1, previous: 3n }),
    );
    expect(await checkOnChain(verifier, old)).toBe('corrected');
    expect(await checkOnChain(verifier, await present(far, { epochRoot: 4n }))).toBe('superseded');
  });
});
