import fc from 'fast-check';
import type { Address } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { statementVerifierAbi as abi } from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import type {
  ContractPresentation,
  ContractRequest,
} from '../../src/chain/contract-presentation.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import {
  type ContractBatch,
  checkBatchOnChain,
  consumeBatch,
  encodable,
  presentationBatch,
  presentationsOf,
} from '../../src/chain/presentation-batch.ts';
import {
  checkOnChain,
  consume,
  contractAudience,
  isNullifierSpent,
  type StatementVerifierContract,
} from '../../src/chain/statement-verifier.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { knownKey } from '../support/known-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  startTestChain,
  type TestChain,
} from '../support/test-chain.ts';
import { requestHashFor, scopeOf, tinyRequest } from '../support/tiny-presentation.ts';

const key = knownKey('consume a batch');
const ROOT = 1_000_003n;
const NEXT_ROOT = 1_000_004n;
const audience = embeddedAccount(1);

let context: TestChain;
let verifier: StatementVerifierContract;
let registry: Address;
let expiresAt: bigint;
let people = 0n;

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  const deployment = await deployTestContracts(chain, payer, {
    statements: { 'coverage@1': key.words },
  });
  registry = deployment.registry;
  verifier = { chain, address: deployment.statementVerifier };
  await publish({ chain, address: registry }, payer, commitment({ root: ROOT }));
  await publish(
    { chain, address: registry },
    payer,
    commitment({ root: NEXT_ROOT, month: 1501, previous: ROOT }),
  );
});
afterAll(() => context[Symbol.asyncDispose]());
beforeEach(async () => {
  expiresAt = BigInt((await context.now()) + 3600);
});

const domain = () => ({ chainId: context.chain.chainId, registry });

/** Each call is another person, with a nonce of their own. */
function present(
  changes: Partial<ContractRequest> = {},
  answer: { epochRoot?: bigint; nullifier?: bigint; error?: bigint } = {},
): ContractPresentation {
  people++;
  const request = tinyRequest({
    audience: contractAudience(context.chain.chainId, audience.address),
    nonce: `0x${people.toString(16).padStart(64, '0')}`,
    ...{ expiresAt, ...changes },
  });
  return key.present(domain(), request, { epochRoot: ROOT, nullifier: people, ...answer });
}

const batchOf = (...presentations: ContractPresentation[]) => presentationBatch(presentations);
const check = (batch: ContractBatch) => checkBatchOnChain(verifier, batch);
const take = (batch: ContractBatch) => consumeBatch(verifier, audience, batch);
const spent = (batch: ContractBatch) =>
  Promise.all(batch.answers.map(({ nullifier }) => isNullifierSpent(verifier, nullifier)));
const rejected = (verdict: string, index?: number) => ({
  code: 'chain.rejected',
  facts: index === undefined ? { verdict } : { verdict, index },
});

describe('a batch is checked', () => {
  test('under one root or several, and each of it is a presentation', async () => {
    const batch = batchOf(present(), present({}, { epochRoot: NEXT_ROOT }), present());
    expect(await check(batch)).toEqual({ verdict: 'valid', refused: [] });
    for (const one of await presentationsOf(verifier, batch)) {
      expect(await checkOnChain(verifier, one)).toBe('valid');
    }
  });

  test.each([0, 1, 2])('answer %i expired, of no root, or false is told', async (place) => {
    const honest = [present(), present(), present()];
    const wrong = {
      expired: present({ expiresAt: expiresAt - 3601n }),
      unknown_root: present({}, { epochRoot: ROOT + 7n }),
      invalid_proof: present({}, { error: 1n }),
    };
    for (const [verdict, one] of Object.entries(wrong)) {
      expect(await check(batchOf(...honest.with(place, one)))).toEqual({
        verdict,
        refused: [place],
      });
    }
    expect(await check(batchOf(...honest.with(place, present({}, { epochRoot: 0n }))))).toEqual({
      ...{ verdict: 'unknown_root', refused: [place] },
    });
  });

  test('several false ones are all found', async () => {
    const [good, bad] = [() => present(), () => present({}, { error: 5n })];
    const batch = batchOf(bad(), good(), good(), bad(), bad());
    expect(await check(batch)).toEqual({ verdict: 'invalid_proof', refused: [0, 3, 4] });
  });

  test('what is wrong with the question is about no answer', async () => {
    const unknown = batchOf(
      present({ statement: statementId('coverage@2') }),
      present({ statement: statementId('coverage@2') }),
    );
    expect(await check(unknown)).toEqual({ verdict: 'unknown_statement', refused: [] });
    const purpose = { purpose: 'a:b' };
    expect(await check(batchOf(present(purpose)))).toEqual({ verdict: 'wrong_scope', refused: [] });
  });

  test('answers to another question prove nothing', async () => {
    const batch = batchOf(present(), present());
    for (const changed of [
      { ...batch, params: batch.params + 1n },
      { ...batch, purpose: 'another' },
      { ...batch, audience: 'https://a.cn' },
    ]) {
      expect(await check(changed)).toMatchObject({ verdict: 'invalid_proof', refused: [0, 1] });
    }
    expect(() => batchOf(present(), present({ params: 20n }))).toThrowError(/params/);
  });

  test('nothing is no batch', async () => {
    const batch = { ...batchOf(present()), answers: [] };
    await expect(check(batch)).rejects.toMatchObject({ facts: { error: 'EmptyBatch' } });
    expect(() => batchOf()).toThrowError(/without/);
  });

  test('says what the answers say one by one', async () => {
    const kinds = {
      valid: () => present(),
      expired: () => present({ expiresAt: 1n }),
      unknown_root: () => present({}, { epochRoot: 3n }),
      invalid_proof: () => present({}, { error: 9n }),
    };
    type Kind = keyof typeof kinds;
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.constantFrom<Kind>('valid', 'valid', 'valid', ...(Object.keys(kinds) as Kind[])),
          {
            ...{ minLength: 1, maxLength: 6 },
          },
        ),
        async (wanted) => {
          const presentations = wanted.map((kind) => kinds[kind]());
          const alone = await Promise.all(presentations.map((one) => checkOnChain(verifier, one)));
          expect(alone).toEqual(wanted);
          const { verdict, refused } = await check(batchOf(...presentations));
          const cheap = alone.findIndex((one) => one === 'expired' || one === 'unknown_root');
          if (cheap >= 0) expect([verdict, refused]).toEqual([alone[cheap], [cheap]]);
          else expect(verdict).toBe(alone.includes('invalid_proof') ? 'invalid_proof' : 'valid');
        },
      ),
      { numRuns: 12, seed: 20261125 },
    );
  });
});

describe('a batch is consumed', () => {
  test('and tells the world of each, as if they had come one by one', async () => {
    const batch = batchOf(present(), present({}, { epochRoot: NEXT_ROOT }));
    const hash = await take(batch);
    expect(await spent(batch)).toEqual([true, true]);
    const { blockNumber: fromBlock } = await context.chain.reader.getTransactionReceipt({ hash });
    const events = await context.chain.reader.getContractEvents({
      ...{ address: verifier.address, abi, eventName: 'Consumed', fromBlock },
    });
    const presentations = await presentationsOf(verifier, batch);
    expect(events.map(({ args }) => args)).toEqual(
      presentations.map(({ request, epochRoot, nullifier }) => ({
        statement: request.statement,
        scope: scopeOf(request.audience, request.purpose),
        ...{ nullifier, epochRoot, requestHash: requestHashFor(domain(), request) },
      })),
    );
    await expect(take(batch)).rejects.toMatchObject(rejected('nullifier_spent', 0));
    for (const one of presentations) {
      await expect(consume(verifier, audience, one)).rejects.toMatchObject(
        rejected('nullifier_spent'),
      );
    }
  });

  test('nobody counts twice in one batch, nor after having counted alone', async () => {
    const one = present();
    const other = present({}, { nullifier: one.nullifier });
    await expect(take(batchOf(one, present(), other))).rejects.toMatchObject(
      rejected('nullifier_spent', 2),
    );
    await consume(verifier, audience, one);
    await expect(take(batchOf(present(), other))).rejects.toMatchObject(
      rejected('nullifier_spent', 1),
    );
  });

  test('wholly or not at all', async () => {
    const good = [present(), present()] as const;
    for (const [bad, verdict, index] of [
      [present({}, { error: 1n }), 'invalid_proof', undefined],
      [present({ expiresAt: 1n }), 'expired', 2],
      [present({}, { epochRoot: 5n }), 'unknown_root', 2],
    ] as const) {
      const batch = batchOf(...good, bad);
      await expect(take(batch)).rejects.toMatchObject(rejected(verdict, index));
      expect(await spent(batch)).toEqual([false, false, false]);
    }
    await take(batchOf(...good));
  });

  test('by its audience alone', async () => {
    const batch = batchOf(present(), present());
    await expect(consumeBatch(verifier, context.payer, batch)).rejects.toMatchObject(
      rejected('wrong_audience'),
    );
    const elsewhere = batchOf(present({ audience: 'https://a.cn' }));
    await expect(take(elsewhere)).rejects.toMatchObject(rejected('wrong_audience'));
    await take(batch);
  });
});

test('the audience of every address is told apart from all others', async () => {
  const address = fc
    .bigInt({ min: 0n, max: 2n ** 160n - 1n })
    .map((value): Address => `0x${value.toString(16).padStart(40, '0')}`);
  const verdictFor = async (account: Address, named: Address) => {
    const batch = batchOf(
      present({
        statement: statementId('nothing@1'),
        audience: contractAudience(context.chain.chainId, named),
      }),
    );
    const call = { address: verifier.address, abi, functionName: 'consumeBatch' } as const;
    return context.chain.reader
      .simulateContract({ ...call, args: [encodable(batch)], account })
      .then(
        () => 'taken',
        (error: Error) => String(error).match(/Rejected\([^)]*\)\s*\((\d+)\)/)?.[1],
      );
  };
  const [UNKNOWN_STATEMENT, WRONG_AUDIENCE] = ['1', '8'];
  await fc.assert(
    fc.asyncProperty(address, fc.nat({ max: 159 }), async (caller, bit) => {
      expect(await verdictFor(caller, caller)).toBe(UNKNOWN_STATEMENT);
      const other = (BigInt(caller) ^ (1n << BigInt(bit))).toString(16).padStart(40, '0');
      expect(await verdictFor(caller, `0x${other}`)).toBe(WRONG_AUDIENCE);
    }),
    { numRuns: 25, seed: 20261125, examples: [['0x0123456789abcdef0123456789abcdef01234567', 0]] },
  );
});
