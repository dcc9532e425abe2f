import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import { type Params, type ParamsLayout, type ParamsLayouts, packParams } from './params.ts';
import {
  createRequest,
  encodeRequest,
  type NewRequest,
  type PresentationRequest,
  parseRequest,
} from './presentation-request.ts';
import type { PresentationRequestJson } from './request-format.ts';
import { requestHash } from './request-hash.ts';

export const REQUEST_SET_FORMAT = 'canbao/request-set@1';
export const MAX_SET_REQUESTS = 8;

/** Place of a request in a set, from 0. */
export const setIndexSchema = z
  .int()
  .min(0)
  .max(MAX_SET_REQUESTS - 1);

/**
 * Several requests asked at once. They share audience and purpose, and so the scope and the one
 * nullifier that ties their answers to one holder; also domain and expiry. Each has a nonce of its
 * own: an answer to one is no answer to another. Holders sign each request, not the set: a verifier
 * holds an answer against its own copy of the set, or takes mode and choice of requests as told.
 */
export interface RequestSet {
  /** `all`: every request must be answered. `any`: exactly one, for more would reveal more. */
  readonly mode: 'all' | 'any';
  /** 2 to 8, in the order they are shown and numbered. */
  readonly requests: readonly PresentationRequest[];
}

export interface NewRequestSet extends Omit<NewRequest, 'statement' | 'params' | 'nonce'> {
  readonly mode: RequestSet['mode'];
  /** A statement may occur again with other params. */
  readonly asks: readonly { readonly statement: ParamsLayout; readonly params: Params }[];
}

const schema = z.strictObject({
  format: z.literal(REQUEST_SET_FORMAT),
  mode: z.enum(['all', 'any']),
  requests: z.array(z.unknown()).min(2).max(MAX_SET_REQUESTS), // each by parseRequest
});

/** A request set file: `canbao/request-set@1`. */
export type RequestSetJson = Omit<z.input<typeof schema>, 'requests'> & {
  requests: PresentationRequestJson[];
};

/**
 * Makes a set with fresh nonces.
 * @throws request_set.malformed, request_set.mixed, request_set.repeated, and what `createRequest`
 * throws
 */
export function createRequestSet(
  { mode, asks, ...shared }: NewRequestSet,
  randomness: RandomBytes = systemRandom,
): RequestSet {
  const requests = asks.map((ask) => createRequest({ ...shared, ...ask }, randomness));
  const layouts = new Map(asks.map(({ statement }) => [statement.name as string, statement]));
  return parseRequestSet(encodeRequestSet({ mode, requests }), layouts);
}

export function encodeRequestSet({ mode, requests }: RequestSet): RequestSetJson {
  return { format: REQUEST_SET_FORMAT, mode, requests: requests.map(encodeRequest) };
}

/**
 * Reads a request set file, strictly.
 * @throws request_set.malformed, request_set.differs, request_set.repeated, request_set.mixed, and
 * what `parseRequest` throws for a request in it
 */
export function parseRequestSet(json: unknown, statements: ParamsLayouts): RequestSet {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('request_set.malformed', { reason: firstIssue(parsed.error) });
  }
  const { mode, requests: files } = parsed.data;
  const requests = files.map((file) => parseRequest(file, statements));
  assertShared(requests);
  assertDistinct(requests, statements);
  const subjects = requests.map(({ statement }) => statements.get(statement)?.subject);
  if (new Set(subjects).size > 1) throw new CanbaoError('request_set.mixed');
  return { mode, requests };
}

/** Whether two sets ask the same, in the same order, under the same nonces. */
export function sameRequestSet(a: RequestSet, b: RequestSet, statements: ParamsLayouts): boolean {
  const hashes = ({ requests }: RequestSet) =>
    requests.map((request) => {
      const statement = statements.get(request.statement);
      return statement && requestHash(request, statement);
    });
  const own = hashes(a);
  const other = hashes(b);
  return (
    a.mode === b.mode &&
    own.length === other.length &&
    own.every((hash, i) => hash !== undefined && hash === other[i])
  );
}

/** What requests of one set share, as text. */
const sharedFields = {
  domain: ({ domain }: PresentationRequest) => `${domain.chainId} ${domain.verifyingContract}`,
  audience: ({ audience }: PresentationRequest) => audience,
  purpose: ({ purpose }: PresentationRequest) => purpose,
  expiresAt: ({ expiresAt }: PresentationRequest) => String(expiresAt),
};

function assertShared([first, ...others]: readonly PresentationRequest[]): void {
  for (const [field, text] of Object.entries(sharedFields)) {
    const index = others.findIndex((other) => first && text(other) !== text(first));
    if (index >= 0) throw new CanbaoError('request_set.differs', { number: index + 2, field });
  }
}

function assertDistinct(requests: readonly PresentationRequest[], statements: ParamsLayouts): void {
  const question = (request: PresentationRequest) => {
    const statement = statements.get(request.statement);
    return `${request.statement} ${statement && packParams(statement, request.params)}`;
  };
  const told = { nonce: ({ nonce }: PresentationRequest) => nonce, question };
  for (const [what, text] of Object.entries(told)) {
    const texts = requests.map(text);
    const index = texts.findIndex((own, i) => texts.indexOf(own) < i);
    if (index >= 0) throw new CanbaoError('request_set.repeated', { number: index + 1, what });
  }
}
