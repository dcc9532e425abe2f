import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import solc from 'solc';
import {
  type Abi,
  type Address,
  type BaseError,
  ContractFunctionRevertedError,
  createWalletClient,
  type Hex,
  http,
  pad,
} from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { statementVerifierAbi } from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import type {
  ContractPresentation,
  ContractRequest,
} from '../../src/chain/contract-presentation.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { contractAudience } from '../../src/chain/statement-verifier.ts';
import { confirmed, createdAddress } from '../../src/chain/transactions.ts';
import { contractVerdicts } from '../../src/chain/types.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { statementId } from '../../src/request/request-hash.ts';
import {
  commitment,
  deployTestContracts,
  publish,
  startTestChain,
  type TestChain,
} from '../support/test-chain.ts';
import { tinyPresentation, tinyRequest } from '../support/tiny-presentation.ts';
import { tinyVerificationKey } from '../support/tiny-proof.ts';

const SOURCE = 'examples/solidity/RentSubsidy.sol';
const ROOT = 1_000_003n;
const AMOUNT = 300n;
const PURPOSE = 'rent-subsidy-2026';
const PARAMS = 19n;

const landlord = embeddedAccount(5);
/** Who is paid: a fresh address, with nothing. */
const recipient: Address = `0x${'a7'.repeat(20)}`;
const thief: Address = `0x${'b8'.repeat(20)}`;

let context: TestChain;
let abi: Abi;
let registry: Address;
let subsidy: Address;

beforeAll(async () => {
  context = await startTestChain();
  const { chain, payer } = context;
  const deployment = await deployTestContracts(chain, payer, {
    statements: { 'coverage@1': verificationKeyWords(await tinyVerificationKey()) },
  });
  registry = deployment.registry;
  await publish({ chain, address: registry }, payer, commitment({ root: ROOT }));
  const compiled = compile();
  abi = [...compiled.abi, ...statementVerifierAbi.filter(({ type }) => type === 'error')];
  const hash = await wallet().deployContract({
    ...{ abi, bytecode: compiled.bytecode, value: 10n * AMOUNT, chain: null },
    args: [deployment.statementVerifier, statementId('coverage@1'), PARAMS, PURPOSE, AMOUNT],
  });
  subsidy = createdAddress(await confirmed(chain, hash, 1));
});
afterAll(() => context?.[Symbol.asyncDispose]());

/** The example as it is printed; a warning is an error. */
function compile(): { abi: Abi; bytecode: Hex } {
  const read = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
  const input = {
    language: 'Solidity',
    sources: { [SOURCE]: { content: read(SOURCE) } },
    settings: {
      evmVersion: 'paris',
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object'] } },
    },
  };
  const imports = (path: string) => ({ contents: read(path) });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: imports }));
  expect(output.errors ?? []).toEqual([]);
  const { abi, evm } = output.contracts[SOURCE].RentSubsidy;
  return { abi, bytecode: `0x${evm.bytecode.object}` };
}

/** Anybody may send a claim: here somebody who is paid nothing. */
const wallet = () => createWalletClient({ account: landlord, transport: http(context.chain.url) });

const nonceOf = (address: Address): Hex => pad(address, { size: 32 });

/** A real proof for the contract; whatever is wrong is wrong in what it answers. */
async function present(changes: Partial<ContractRequest> = {}): Promise<ContractPresentation> {
  const request = tinyRequest({
    audience: contractAudience(context.chain.chainId, subsidy),
    expiresAt: BigInt((await context.now()) + 3600),
    ...{ params: PARAMS, purpose: PURPOSE, nonce: nonceOf(recipient) },
    ...changes,
  });
  return tinyPresentation({ chainId: context.chain.chainId, registry }, request, ROOT);
}

/** Claims in earnest. @returns the contract's error where it refuses, a verdict by its name */
async function claim(presentation: ContractPresentation, to = recipient): Promise<string> {
  const { reader } = context.chain;
  const args = [presentation, to];
  try {
    await reader.simulateContract({
      ...{ abi, address: subsidy, functionName: 'claim', args, account: landlord },
    });
  } catch (error) {
    const reverted = (error as BaseError).walk(
      (cause) => cause instanceof ContractFunctionRevertedError,
    );
    if (!(reverted instanceof ContractFunctionRevertedError)) throw error;
    const { errorName = '?', args: facts = [] } = reverted.data ?? {};
    return errorName === 'Rejected' ? `${contractVerdicts[Number(facts[0])]}` : errorName;
  }
  const call = { abi, address: subsidy, functionName: 'claim', args, chain: null } as const;
  await confirmed(context.chain, await wallet().writeContract(call), 1);
  return 'paid';
}

const balance = (address: Address) => context.chain.reader.getBalance({ address });

describe('before anybody was paid', () => {
  test.each<[string, string, () => Promise<string>]>([
    [
      'a proof made for another audience',
      'wrong_audience',
      async () => claim(await present({ audience: 'https://rent.example.org' })),
    ],
    [
      'a proof of lower thresholds',
      'OtherQuestion',
      async () => claim(await present({ params: 18n })),
    ],
    [
      'a proof for another purpose',
      'OtherQuestion',
      async () => claim(await present({ purpose: 'rent-subsidy-2025' })),
    ],
    [
      'a proof of another statement',
      'OtherQuestion',
      async () => claim(await present({ statement: statementId('benefit-status@1') })),
    ],
    ['a proof turned to a thief', 'OtherRecipient', async () => claim(await present(), thief)],
    [
      'a proof whose nonce a thief replaced',
      'invalid_proof',
      async () => {
        const stolen = await present();
        const request = { ...stolen.request, nonce: nonceOf(thief) };
        return claim({ ...stolen, request }, thief);
      },
    ],
    [
      'a false nullifier',
      'invalid_proof',
      async () => {
        const honest = await present();
        return claim({ ...honest, nullifier: honest.nullifier + 1n });
      },
    ],
  ])('%s is refused: %s', async (_, refusal, attempt) => {
    expect(await attempt()).toBe(refusal);
    expect(await balance(subsidy)).toBe(10n * AMOUNT);
  });
});

test('one person is paid once, whoever sends the proof', async () => {
  expect(await claim(await present())).toBe('paid');
  expect(await balance(recipient)).toBe(AMOUNT);
  expect(await claim(await present())).toBe('nullifier_spent');
  // The same person with another address is still the same person.
  expect(await claim(await present({ nonce: nonceOf(thief) }), thief)).toBe('nullifier_spent');
  expect(await balance(subsidy)).toBe(9n * AMOUNT);
});
