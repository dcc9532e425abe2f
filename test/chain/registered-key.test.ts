import { afterAll, beforeAll, expect, test } from 'vitest';
import { publicationOf } from '../../src/chain/publication.ts';
import { registeredKeyHash } from '../../src/chain/registered-key.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import type { Deployment } from '../../src/chain/types.ts';
import { toEpochRoot } from '../../src/core/brands.ts';
import { verificationKeyHash, verificationKeyWords } from '../../src/groth16/verification-key.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

const ROOT = 77n;

let context: TestChain;
let deployment: Deployment;
let registry: RegistryContract;
const key = await tinyVerificationKey();

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  deployment = await deployTestContracts(chain, payer, {
    ...{ maxStaleness: 1, statements: { 'coverage@1': verificationKeyWords(key) } },
  });
  registry = { chain, address: deployment.registry };
  await publish(registry, payer, commitment({ root: 5n }));
  await publish(registry, payer, commitment({ root: ROOT, month: 1501, previous: 5n }));
}, 60_000);
afterAll(() => context[Symbol.asyncDispose]());

test('the key a contract checks a statement with', async () => {
  const { statementVerifier } = deployment;
  const hashOf = (statement: string) => registeredKeyHash(registry, statementVerifier, statement);
  expect(await hashOf('coverage@1')).toBe(verificationKeyHash(key));
  expect(await hashOf('coverage@2')).toBeUndefined();
});

test('a contract of another registry, or none, is not asked', async () => {
  const other = { ...registry, address: deployment.statementVerifier };
  await expect(
    registeredKeyHash(other, deployment.statementVerifier, 'coverage@1'),
  ).rejects.toMatchObject({ code: 'chain.other_registry' });
  await expect(
    registeredKeyHash(registry, testAuthorities[0]?.address ?? '0x', 'coverage@1'),
  ).rejects.toMatchObject({ code: 'chain.no_contract' });
});

test('where a root was published, and by whom', async () => {
  const published = await publicationOf(registry, toEpochRoot(ROOT));
  const { reader } = context.chain;
  const receipt = await reader.getTransactionReceipt({ hash: published?.transaction ?? '0x' });
  expect(published).toMatchObject({ block: Number(receipt.blockNumber), accounts: 1000 });
  expect(published?.signers).toEqual(testAuthorities.map(({ address }) => address));
  expect(await publicationOf(registry, toEpochRoot(6n))).toBeUndefined();
});
