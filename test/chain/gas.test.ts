import { encodeFunctionData, type Hex, hexToBytes } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { epochRegistryAbi } from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import { statementVerifierAbi } from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import { deployContracts } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { sendTransaction } from '../../src/chain/send-transaction.ts';
import { contractAudience } from '../../src/chain/statement-verifier.ts';
import { confirmed } from '../../src/chain/transactions.ts';
import type { Deployment } from '../../src/chain/types.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import {
  commitment,
  signatures,
  startTestChain,
  type TestChain,
  testAuthorities,
} from '../support/test-chain.ts';
import { tinyPresentation, tinyRequest } from '../support/tiny-presentation.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

/**
 * Ceilings on what the code uses, a little above what was measured (anvil 1.7.1, Prague rules, a
 * purpose of 17 bytes, three signatures). Of `check` the precompiles take 211,750 and cold storage
 * and contracts 9,400: neither can be saved. A publication reads the quorum, which may change. A transaction adds 21,000 and its calldata, 8,700.
 */
const CEILINGS = {
  check: 235_000,
  consume: 266_000,
  publishFirst: 143_000,
  publishNext: 116_000,
} as const;

let context: TestChain;
let deployment: Deployment;
const audience = embeddedAccount(1);

/** Gas a transaction used, and how much of it the code: without the 21,000 and the calldata. */
async function gasOf(to: Hex, data: Hex): Promise<{ total: number; execution: number }> {
  const hash = await sendTransaction(context.chain, audience, { to, data });
  const { gasUsed } = await confirmed(context.chain, hash, 1);
  const calldata = hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
  const total = Number(gasUsed);
  return { total, execution: total - 21_000 - calldata };
}

async function publishGas(fields: Parameters<typeof commitment>[0]) {
  const value = commitment(fields);
  const registry = { chain: context.chain, address: deployment.registry };
  const signed = (await signatures(registry, value)).map(({ signature }) => signature);
  const args = [{ ...value, accounts: BigInt(value.accounts) }, signed] as const;
  return gasOf(
    registry.address,
    encodeFunctionData({ abi: epochRegistryAbi, functionName: 'publish', args }),
  );
}

beforeAll(async () => {
  context = await startTestChain();
  deployment = await deployContracts(context.chain, context.payer, {
    authorities: testAuthorities.map(({ address }) => address),
    quorum: 3,
    maxStaleness: 86_400,
    statements: { 'coverage@1': verificationKeyWords(await tinyVerificationKey()) },
  });
}, 60_000);
afterAll(() => context[Symbol.asyncDispose]());

test('gas stays under its ceilings', async () => {
  const first = await publishGas({ root: 5n });
  const next = await publishGas({ root: 6n, month: 1501, previous: 5n });

  const { chainId } = context.chain;
  const request = tinyRequest({
    audience: contractAudience(chainId, audience.address),
    expiresAt: BigInt((await context.now()) + 3600),
  });
  // Superseded, so that the whole freshness rule runs.
  const presentation = await tinyPresentation(
    { chainId, registry: deployment.registry },
    request,
    5n,
  );
  const args = [{ ...presentation, proof: presentation.proof as never }] as const;
  const abi = statementVerifierAbi;
  const to = deployment.statementVerifier;
  const check = await gasOf(to, encodeFunctionData({ abi, functionName: 'check', args }));
  const consume = await gasOf(to, encodeFunctionData({ abi, functionName: 'consume', args }));

  expect(check.execution).toBeLessThan(CEILINGS.check);
  expect(consume.execution).toBeLessThan(CEILINGS.consume);
  expect(first.execution).toBeLessThan(CEILINGS.publishFirst);
  expect(next.execution).toBeLessThan(CEILINGS.publishNext);
});
