import { type Hex, hexToBigInt, isHex } from 'viem';

/** What a node other than geth does not do: Besu, FISCO BCOS, a gateway with caps. */
export interface NodeLimits {
  /** Methods it does not know. */
  readonly missing?: readonly string[];
  /** Most blocks a query of logs may span. */
  readonly logRange?: bigint;
  /** Takes no batches. */
  readonly oneCallARequest?: boolean;
  /** Finds nothing under an address or a topic that has capitals. */
  readonly lowerCaseLogs?: boolean;
  /** Takes no typed transactions. */
  readonly legacyOnly?: boolean;
  /** Takes a transaction's gas price for what it must be. */
  readonly gasPrice?: bigint;
  /** Wants this header with every request; in lower case. */
  readonly header?: { readonly name: string; readonly value: string };
}

interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** The error such a node answers with; undefined where it does what is asked. */
export function refusalOf(
  { missing = [], logRange, lowerCaseLogs, legacyOnly }: NodeLimits,
  { method, params }: Call,
): { readonly code: number; readonly message: string } | undefined {
  const [first] = params;
  if (missing.includes(method)) return { code: -32_601, message: 'Method not found' };
  if (method === 'eth_getLogs') {
    const { fromBlock, toBlock } = first as { fromBlock: Hex; toBlock: Hex };
    if (logRange !== undefined && hexToBigInt(toBlock) - hexToBigInt(fromBlock) >= logRange) {
      return { code: -32_000, message: 'Requested range exceeds maximum range limit' };
    }
    if (
      lowerCaseLogs &&
      /[A-F]/.test(JSON.stringify(first).replaceAll('fromBlock', '').replaceAll('toBlock', ''))
    ) {
      return { code: -32_602, message: 'invalid params' };
    }
  }
  // A legacy transaction is a list in RLP; a typed one begins with its type.
  if (method === 'eth_sendRawTransaction' && legacyOnly && isHex(first) && first < '0xc0') {
    return { code: -32_602, message: 'unsupported transaction type' };
  }
  return undefined;
}
