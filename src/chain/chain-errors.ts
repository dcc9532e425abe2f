import {
  BaseError,
  ContractFunctionZeroDataError,
  decodeErrorResult,
  type Hex,
  HttpRequestError,
  isHex,
  TimeoutError,
  WaitForTransactionReceiptTimeoutError,
} from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { benefitClaimsAbi } from './artifacts/BenefitClaims.generated.ts';
import { epochRegistryAbi } from './artifacts/EpochRegistry.generated.ts';
import { groth16VerifierAbi } from './artifacts/Groth16Verifier.generated.ts';
import { statementVerifierAbi } from './artifacts/StatementVerifier.generated.ts';
import { tenderRosterAbi } from './artifacts/TenderRoster.generated.ts';
import { contractVerdicts } from './types.ts';

const contractErrors = [
  ...epochRegistryAbi,
  ...groth16VerifierAbi,
  ...statementVerifierAbi,
  ...benefitClaimsAbi,
  ...tenderRosterAbi,
].filter((item) => item.type === 'error');

/** viem's names for values that do not fit their Solidity type. */
const UNENCODABLE =
  /^(AbiEncoding|IntegerOutOfRange|InvalidAddress|SizeOverflow|BytesSize|InvalidArray)/;

/**
 * Runs calls to the chain at `url` and turns what viem throws into coded errors.
 * @throws chain.unreachable, chain.rpc_failed, chain.no_contract, chain.reverted, chain.rejected,
 * chain.bad_value
 */
export async function withChainErrors<T>(url: string, calls: () => Promise<T>): Promise<T> {
  try {
    return await calls();
  } catch (error) {
    throw toChainError(error, url);
  }
}

/** The coded error for what viem threw; other faults are returned as they are. */
export function toChainError(error: unknown, url: string): unknown {
  if (!(error instanceof BaseError)) return error;
  const revert = revertDataOf(error);
  if (revert !== undefined) return revertError(revert, error);

  const zeroData = error.walk((cause) => cause instanceof ContractFunctionZeroDataError);
  if (zeroData) {
    const address = (error as { contractAddress?: string }).contractAddress;
    return new CanbaoError('chain.no_contract', { address }, error);
  }
  if (error.walk((cause) => UNENCODABLE.test((cause as Error).name))) {
    return new CanbaoError('chain.bad_value', { reason: error.shortMessage }, error);
  }
  const silent = error.walk((cause) => isSilence(cause));
  if (silent) return new CanbaoError('chain.unreachable', { url }, error);
  const reason = error.details || error.shortMessage;
  return new CanbaoError('chain.rpc_failed', { url, reason }, error);
}

/** No answer at all, or an answer of a gateway that has no chain behind it, or no time for us. */
function isSilence(cause: unknown): boolean {
  if (cause instanceof TimeoutError || cause instanceof WaitForTransactionReceiptTimeoutError) {
    return true;
  }
  if (!(cause instanceof HttpRequestError)) return false;
  const { status } = cause;
  return status === undefined || status >= 500 || status === 408 || status === 429;
}

/** The data a contract reverted with, wherever in the chain of causes viem keeps it. */
function revertDataOf(error: BaseError): Hex | undefined {
  let found: Hex | undefined;
  error.walk((cause) => {
    const data = (cause as { data?: unknown }).data;
    const raw =
      typeof data === 'object' && data !== null ? (data as { data?: unknown }).data : data;
    if (isHex(raw) && raw.length >= 10) found = raw;
    return false;
  });
  return found;
}

function revertError(data: Hex, cause: unknown): CanbaoError {
  let decoded: { errorName: string; args?: readonly unknown[] | undefined };
  try {
    decoded = decodeErrorResult({ abi: contractErrors, data });
  } catch {
    return new CanbaoError('chain.reverted', { error: data.slice(0, 10), details: '' }, cause);
  }
  const args = decoded.args ?? [];
  if (decoded.errorName === 'Rejected') {
    const verdict = contractVerdicts[Number(args[0])] ?? String(args[0]);
    return new CanbaoError('chain.rejected', { verdict }, cause);
  }
  if (decoded.errorName === 'RejectedAnswer') {
    const [index, number] = args.map(Number);
    const verdict = contractVerdicts[number ?? -1] ?? String(args[1]);
    return new CanbaoError('chain.rejected', { verdict, index }, cause);
  }
  return new CanbaoError(
    'chain.reverted',
    { error: decoded.errorName, details: args.join(', ') },
    cause,
  );
}
