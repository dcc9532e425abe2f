import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue, frSchema } from '../core/json.ts';
import { signPoseidon, verifyPoseidon } from '../holder/eddsa-poseidon.ts';
import { assertHolderKey, type HolderKeys, holderCommitment } from '../holder/keys.ts';
import {
  type AnyRequest,
  encodeAnyRequest,
  isRequestSet,
  parseAnyRequest,
  requestsOf,
} from '../request/any-request.ts';
import type { ParamsLayouts } from '../request/params.ts';
import { requestHash } from '../request/request-hash.ts';
import { MAX_SET_REQUESTS, setIndexSchema } from '../request/request-set.ts';
import type { HolderAuthorization, SignedRequest } from './authorization.ts';

export const DELEGATION_FORMAT = 'canbao/delegation@1';

/** `canbao/delegation@1`: what a holder hands over to have a proof made. Its request is any file. */
const delegationSchema = z.strictObject({
  format: z.literal(DELEGATION_FORMAT),
  request: z.unknown(), // by parseAnyRequest, with its own codes
  ax: frSchema,
  ay: frSchema,
  /** Not to be logged, nor kept longer than the work. */
  nullifierKey: frSchema,
  /** For `all` one each, in their order; for `any` only the one to be answered. */
  signatures: z
    .array(
      z.strictObject({
        /** Place in the set, from 0; 0 for a single request. */
        index: setIndexSchema,
        r8x: frSchema,
        r8y: frSchema,
        s: frSchema,
      }),
    )
    .min(1)
    .max(MAX_SET_REQUESTS),
});

export type DelegationJson = z.input<typeof delegationSchema>;

/** An order for a proof, read and checked. */
export interface Delegation {
  readonly request: AnyRequest;
  readonly authorization: HolderAuthorization;
  /** For a set that asks for any: the request that is signed. */
  readonly choice: number | undefined;
}

/**
 * Signs a request, on the holder's device, for somebody else to prove. Of a set that asks for any,
 * only the chosen request: more signatures would let more be proven than is asked.
 * @throws request_set.bad_choice, statement.unknown, statement.bad_params
 */
export function createDelegation(
  request: AnyRequest,
  keys: HolderKeys,
  statements: ParamsLayouts,
  choice?: number,
): DelegationJson {
  const { x, y } = keys.publicKey;
  return {
    format: DELEGATION_FORMAT,
    request: encodeAnyRequest(request),
    ax: String(x),
    ay: String(y),
    nullifierKey: String(keys.nullifierKey),
    signatures: toSign(request, choice).map((index) => {
      const { r8, s } = signPoseidon(keys, hashOf(request, index, statements));
      return { index, r8x: String(r8.x), r8y: String(r8.y), s: String(s) };
    }),
  };
}

/**
 * Reads an order: form, key, and that the key signed exactly what is asked.
 * @throws delegation.malformed, delegation.not_signed, holder.bad_key, and what `parseAnyRequest`
 * throws for the request in it
 */
export function readDelegation(json: unknown, statements: ParamsLayouts): Delegation {
  const parsed = delegationSchema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('delegation.malformed', { reason: firstIssue(parsed.error) });
  }
  const { ax, ay, nullifierKey, signatures } = parsed.data;
  const request = parseAnyRequest(parsed.data.request, statements);
  const publicKey = { x: ax, y: ay };
  assertHolderKey(publicKey);
  const isAny = isRequestSet(request) && request.mode === 'any';
  const choice = isAny ? signatures[0]?.index : undefined;
  const asked = toSign(request, choice);
  if (signatures.length > asked.length) {
    throw new CanbaoError('delegation.malformed', { reason: 'it signs more than is to be proven' });
  }
  const signed = asked.map((index, i): SignedRequest => {
    const given = signatures[i];
    const hash = hashOf(request, index, statements);
    const signature = given && { r8: { x: given.r8x, y: given.r8y }, s: given.s };
    if (given?.index !== index || !signature || !verifyPoseidon(publicKey, hash, signature)) {
      throw new CanbaoError('delegation.not_signed', { number: index + 1 });
    }
    return { requestHash: hash, signature };
  });
  const commitment = holderCommitment(publicKey, nullifierKey);
  return {
    request,
    choice,
    authorization: { publicKey, nullifierKey, commitment, signatures: signed },
  };
}

/** Indices of the requests that are to be answered. @throws request_set.bad_choice */
function toSign(request: AnyRequest, choice: number | undefined): readonly number[] {
  const requests = requestsOf(request);
  const isAny = isRequestSet(request) && request.mode === 'any';
  if (isAny ? choice === undefined || !requests[choice] : choice !== undefined) {
    throw new CanbaoError('request_set.bad_choice', { number: (choice ?? 0) + 1 });
  }
  return isAny ? [choice ?? 0] : requests.map((_, index) => index);
}

function hashOf(request: AnyRequest, index: number, statements: ParamsLayouts) {
  const one = requestsOf(request)[index];
  const statement = one && statements.get(one.statement);
  if (!statement) throw new CanbaoError('statement.unknown', { statement: one?.statement });
  return requestHash(one, statement);
}
