import type { Hex, LocalAccount } from 'viem';
import type { StatementId } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { statementVerifierAbi as abi } from './artifacts/StatementVerifier.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ContractPresentation } from './contract-presentation.ts';
import { sendCall } from './send-call.ts';
import {
  checkOnChain,
  type StatementVerifierContract,
  verdictOf,
  withProofTuple,
} from './statement-verifier.ts';
import type { ContractVerdict } from './types.ts';

/** One of several answers to one question: `Answer` of `IStatementVerifier.sol`. */
export interface ContractAnswer
  extends Pick<ContractPresentation, 'epochRoot' | 'nullifier' | 'proof'> {
  /** 32 bytes. */
  readonly nonce: Hex;
  /** Unix seconds. */
  readonly expiresAt: bigint;
}

/** Presentations whose requests differ in nonce and expiry alone: `PresentationBatch`. */
export interface ContractBatch {
  readonly statement: StatementId;
  readonly params: bigint;
  readonly audience: string;
  readonly purpose: string;
  readonly answers: readonly ContractAnswer[];
}

/** What the contract says of a batch. */
export interface BatchVerdict {
  readonly verdict: ContractVerdict;
  /** The answers it is about; none where it is about the question. */
  readonly refused: readonly number[];
}

/**
 * Puts presentations that answer one question together.
 * @throws chain.bad_value if there are none, or they answer different questions
 */
export function presentationBatch(presentations: readonly ContractPresentation[]): ContractBatch {
  const [first] = presentations;
  if (!first) throw new CanbaoError('chain.bad_value', { reason: 'a batch without presentations' });
  const { statement, params, audience, purpose } = first.request;
  const question = { statement, params, audience, purpose };
  const answers = presentations.map(({ request, epochRoot, nullifier, proof }) => {
    for (const [name, value] of Object.entries(question)) {
      if (request[name as keyof typeof question] !== value) {
        throw new CanbaoError('chain.bad_value', { reason: `a batch with more than one ${name}` });
      }
    }
    return { nonce: request.nonce, expiresAt: request.expiresAt, epochRoot, nullifier, proof };
  });
  return { ...question, answers };
}

/** The presentations of a batch, each by itself. */
export async function presentationsOf(
  { chain, address }: StatementVerifierContract,
  { answers, ...question }: ContractBatch,
): Promise<ContractPresentation[]> {
  const { audience, purpose } = question;
  const scope = await withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi, functionName: 'scopeOf', args: [audience, purpose] }),
  );
  return answers.map(({ nonce, expiresAt, ...answer }) => ({
    request: { ...question, scope, nonce, expiresAt },
    ...answer,
  }));
}

/**
 * What the contract says of a batch. Where a proof is false the contract cannot tell which: then each
 * is asked about by itself, which costs calls and no gas. Sends nothing and spends nothing.
 * @throws chain.unreachable, chain.rpc_failed, chain.no_contract, chain.bad_value
 */
export async function checkBatchOnChain(
  contract: StatementVerifierContract,
  batch: ContractBatch,
): Promise<BatchVerdict> {
  const { chain, address } = contract;
  const [number, index] = await withChainErrors(chain.url, () =>
    chain.reader.readContract({
      address,
      abi,
      functionName: 'checkBatch',
      args: [encodable(batch)],
    }),
  );
  const verdict = verdictOf(chain, number);
  if (verdict === 'valid') return { verdict, refused: [] };
  if (index < BigInt(batch.answers.length)) return { verdict, refused: [Number(index)] };
  if (verdict !== 'invalid_proof') return { verdict, refused: [] };
  return { verdict, refused: await falseOnes(contract, batch) };
}

async function falseOnes(contract: StatementVerifierContract, batch: ContractBatch) {
  const verdicts = await Promise.all(
    (await presentationsOf(contract, batch)).map((one) => checkOnChain(contract, one)),
  );
  return verdicts.flatMap((verdict, i) => (verdict === 'invalid_proof' ? [i] : []));
}

/**
 * Consumes a batch addressed to `audience` and spends every nullifier of it, or none.
 * @throws chain.rejected with the verdict, and the answer's index where the contract tells it;
 * chain.not_confirmed, chain.unreachable, chain.bad_value
 */
export async function consumeBatch(
  contract: StatementVerifierContract,
  audience: LocalAccount,
  batch: ContractBatch,
  confirmations = 1,
): Promise<Hex> {
  const call = { abi, functionName: 'consumeBatch', args: [encodable(batch)] } as const;
  return (await sendCall(contract, audience, call, confirmations)).transactionHash;
}

/** A batch as viem takes it. */
export function encodable(batch: ContractBatch) {
  return { ...batch, answers: batch.answers.map((answer) => withProofTuple(answer)) };
}
