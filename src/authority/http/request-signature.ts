import { randomBytes } from 'node:crypto';
import {
  type Address,
  type Hex,
  keccak256,
  type LocalAccount,
  recoverTypedDataAddress,
  toHex,
} from 'viem';
import { z } from 'zod';
import { canbaoDomain, type RegistryDomain } from '../../chain/epoch-commitment.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** Who signs a request, over all that makes it what it is; in the domain of the registry. */
const types = {
  AuthorityRequest: [
    { name: 'to', type: 'address' },
    { name: 'method', type: 'string' },
    { name: 'path', type: 'string' },
    { name: 'bodyHash', type: 'bytes32' },
    { name: 'timestamp', type: 'uint64' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const;

export interface RequestContent {
  /** The authority the request is for: nobody can pass it on to another. */
  readonly to: Address;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: Uint8Array;
}

/** Seconds a request may be old, or its clock ahead. */
export const FRESH_SECONDS = 60;

const headersSchema = z.object({
  'canbao-authority': z.string().regex(/^0x[0-9a-fA-F]{40}$/),
  'canbao-timestamp': z.string().regex(/^[1-9][0-9]{0,11}$/),
  'canbao-nonce': z.string().regex(/^0x[0-9a-f]{64}$/),
  'canbao-signature': z.string().regex(/^0x[0-9a-f]{130}$/),
});
export type RequestHeaders = z.output<typeof headersSchema>;

function typedData(
  domain: RegistryDomain,
  { to, method, path, body }: RequestContent,
  { timestamp, nonce }: { readonly timestamp: bigint; readonly nonce: Hex },
) {
  return {
    domain: canbaoDomain(domain),
    types,
    primaryType: 'AuthorityRequest',
    message: { to, method, path, bodyHash: keccak256(body), timestamp, nonce },
  } as const;
}

/** Headers that make a request an authority's own. @param now Unix seconds */
export async function signRequest(
  domain: RegistryDomain,
  account: LocalAccount,
  content: RequestContent,
  now: number,
): Promise<RequestHeaders> {
  const nonce = toHex(randomBytes(32));
  const data = typedData(domain, content, { timestamp: BigInt(now), nonce });
  return {
    'canbao-authority': account.address,
    'canbao-timestamp': `${now}`,
    'canbao-nonce': nonce,
    'canbao-signature': await account.signTypedData(data),
  };
}

export interface SignedRequest {
  readonly authority: Address;
  readonly nonce: Uint8Array;
  /** Unix seconds after which it is stale by itself. */
  readonly expiresAt: number;
}

/**
 * Who made a request. Whether they may, and whether they made it before, is the caller's to ask.
 * @param now Unix seconds
 * @throws authority.unsigned_request, authority.stale_request
 */
export async function checkRequest(
  domain: RegistryDomain,
  headers: unknown,
  content: RequestContent,
  now: number,
): Promise<SignedRequest> {
  const read = headersSchema.safeParse(headers);
  if (!read.success) {
    const header = String(read.error.issues[0]?.path[0]);
    throw new CanbaoError('authority.unsigned_request', { reason: header });
  }
  const authority = read.data['canbao-authority'] as Address;
  const nonce = read.data['canbao-nonce'] as Hex;
  const timestamp = Number(read.data['canbao-timestamp']);
  const seconds = Math.abs(now - timestamp);
  if (seconds > FRESH_SECONDS) throw new CanbaoError('authority.stale_request', { seconds });
  const data = typedData(domain, content, { timestamp: BigInt(timestamp), nonce });
  const signature = read.data['canbao-signature'] as Hex;
  const signer = await recoverTypedDataAddress({ ...data, signature }).catch(() => undefined);
  if (signer?.toLowerCase() !== authority.toLowerCase()) {
    throw new CanbaoError('authority.unsigned_request', { reason: 'canbao-signature' });
  }
  return {
    authority: signer,
    nonce: Buffer.from(nonce.slice(2), 'hex'),
    expiresAt: timestamp + FRESH_SECONDS,
  };
}
