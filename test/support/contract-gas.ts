import { type Abi, type Address, encodeFunctionData, type Hex, hexToBytes, keccak256 } from 'viem';
import { benefitClaimsAbi } from '../../src/chain/artifacts/BenefitClaims.generated.ts';
import { epochRegistryAbi } from '../../src/chain/artifacts/EpochRegistry.generated.ts';
import { statementVerifierAbi } from '../../src/chain/artifacts/StatementVerifier.generated.ts';
import { tenderRosterAbi } from '../../src/chain/artifacts/TenderRoster.generated.ts';
import { claimNonce, claimRule } from '../../src/chain/claim-rules.ts';
import type { ContractPresentation } from '../../src/chain/contract-presentation.ts';
import { deployBenefitClaims, deployTenderRoster } from '../../src/chain/deploy.ts';
import { embeddedAccount } from '../../src/chain/embedded-node.ts';
import { presentationBatch } from '../../src/chain/presentation-batch.ts';
import { sendTransaction } from '../../src/chain/send-transaction.ts';
import { signStatementChange } from '../../src/chain/statement-registry.ts';
import { contractAudience } from '../../src/chain/statement-verifier.ts';
import { openTender, tenderPurpose } from '../../src/chain/tender-roster.ts';
import { confirmed } from '../../src/chain/transactions.ts';
import { orderedSignatures } from '../../src/chain/typed-signature.ts';
import type { StatementOrder } from '../../src/chain/types.ts';
import { packParams } from '../../src/request/params.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { knownKey } from './known-key.ts';
import {
  commitment,
  deployTestContracts,
  signatures,
  startTestChain,
  testAuthorities,
} from './test-chain.ts';
import { tinyRequest } from './tiny-presentation.ts';

/** What a call costs. */
export interface CallGas {
  /** Of the code alone: without the 21,000 of a transaction and its calldata. */
  readonly execution: number;
  /** Of the whole transaction. */
  readonly transaction: number;
}

export type GasTable = Readonly<Record<string, CallGas>>;

/** Sizes of batches that are measured. */
export const BATCHES = [1, 10, 50] as const;

/** Constant, like everything here: gas depends on the bytes of a call. */
const EXPIRES_AT = 4_102_444_800n;
const FIRST_ROOT = 5n;
const STATEMENT = 'pension-eligibility@1';
const TRANSACTION_GAS = 21_000;

/** Measures the calls that matter, on a fresh chain: the same numbers wherever it runs. */
export async function measureGas(): Promise<GasTable> {
  await using context = await startTestChain();
  const { chain, payer } = context;
  const audience = embeddedAccount(1);
  const statement = statementRegistry.get(STATEMENT);
  if (!statement) throw new Error(`${STATEMENT} expected`);
  const key = knownKey('gas');
  const deployment = await deployTestContracts(chain, payer, {
    ...{ quorum: 3, maxStaleness: 86_400, changeDelay: 0, statements: { [STATEMENT]: key.words } },
  });
  const { registry, statementVerifier } = deployment;
  const rule = claimRule({
    ...{ benefit: 'pension', statement, purpose: 'pension-claim', opensAt: 0 },
    closesAt: Number(EXPIRES_AT),
    fields: {
      ...{ identityBefore: [1500n, 1500n], asOf: [1500n, 1511n], isEarlyAllowed: [0n, 0n] },
    },
  });
  const claims = await deployBenefitClaims(chain, payer, statementVerifier, [rule]);
  const rosters = await deployTenderRoster(chain, payer, statementVerifier);
  const params = packParams(statement, { identityBefore: 1500n, asOf: 1505n, isEarlyAllowed: 0n });

  const table: Record<string, CallGas> = {};
  const call = async (name: string, to: Address, abi: Abi, args: readonly unknown[]) => {
    const [functionName = name] = name.split(' ');
    const data = encodeFunctionData({ abi, functionName, args });
    const hash = await sendTransaction(chain, audience, { to, data });
    const transaction = Number((await confirmed(chain, hash, 1)).gasUsed);
    table[name] = { execution: transaction - TRANSACTION_GAS - calldataGas(data), transaction };
  };

  let people = 0;
  const present = (to: Address, purpose: string, nonce?: Hex): ContractPresentation => {
    const own = keccak256(`0x${(++people).toString(16).padStart(4, '0')}`);
    const request = tinyRequest({
      ...{ statement: statementId(STATEMENT), params, purpose, nonce: nonce ?? own },
      audience: contractAudience(chain.chainId, to),
      expiresAt: EXPIRES_AT,
    });
    const domain = { chainId: chain.chainId, registry };
    // Superseded, so that the whole freshness rule runs.
    return key.present(domain, request, { epochRoot: FIRST_ROOT, nullifier: BigInt(own) >> 3n });
  };
  const batch = (count: number, to: Address, purpose: string) =>
    presentationBatch(Array.from({ length: count }, () => present(to, purpose)));

  for (const [name, fields] of [
    ['publish, first month', { root: FIRST_ROOT }],
    ['publish, next month', { root: 6n, month: 1501, previous: FIRST_ROOT }],
  ] as const) {
    const value = commitment(fields);
    const signed = await signatures({ chain, address: registry }, value);
    const args = [{ ...value, accounts: 1000n }, signed.map(({ signature }) => signature)];
    await callAs(name, 'publish', registry, epochRegistryAbi, args);
  }
  const one = present(audience.address, 'rent-subsidy-2026');
  await call('check', statementVerifier, statementVerifierAbi, [one]);
  await call('consume', statementVerifier, statementVerifierAbi, [one]);
  for (const size of BATCHES) {
    const many = batch(size, audience.address, 'rent-subsidy-2026');
    await call(`checkBatch ${size}`, statementVerifier, statementVerifierAbi, [many]);
    await call(`consumeBatch ${size}`, statementVerifier, statementVerifierAbi, [many]);
  }
  const deliverTo = keccak256('0x01');
  // The first claim sets what was zero; the second is as all that come after.
  for (const name of ['claim, the first', 'claim']) {
    const claimed = present(claims, 'pension-claim', claimNonce(0, deliverTo));
    await callAs(name, 'claim', claims, benefitClaimsAbi, [0n, deliverTo, claimed]);
  }
  for (const size of BATCHES) {
    const terms = {
      ...{ statement: statementId(STATEMENT), params, bidderMask: 0n, staff: size },
      deadline: EXPIRES_AT,
    };
    const tender = await openTender({ chain, address: rosters }, payer, terms);
    const staff = batch(size, rosters, tenderPurpose(tender));
    await call(`admit ${size}`, rosters, tenderRosterAbi, [BigInt(tender), staff]);
  }
  const order: StatementOrder = {
    previousChange: `0x${'0'.repeat(64)}`,
    ...{ action: 'pause', statements: [statementId(STATEMENT)] },
  };
  const domain = { chainId: chain.chainId, registry, statementRegistry: statementVerifier };
  const signed = await Promise.all(
    testAuthorities.map((authority) => signStatementChange(domain, authority, order)),
  );
  const args = [{ ...order, action: 0 }, orderedSignatures(signed)];
  await callAs('submitOrder, pause', 'submitOrder', statementVerifier, statementVerifierAbi, args);
  return table;

  /** Under a name that is not the function's. */
  async function callAs(
    name: string,
    functionName: string,
    to: Address,
    abi: Abi,
    args: readonly unknown[],
  ) {
    await call(functionName, to, abi, args);
    const measured = table[functionName];
    if (!measured || name === functionName) return;
    delete table[functionName];
    table[name] = measured;
  }
}

function calldataGas(data: Hex): number {
  return hexToBytes(data).reduce((sum, byte) => sum + (byte === 0 ? 4 : 16), 0);
}
