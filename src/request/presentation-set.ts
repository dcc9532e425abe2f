import { z } from 'zod';
import { type EpochRoot, type Nullifier, toEpochRoot, toNullifier } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue, frSchema } from '../core/json.ts';
import { type Groth16Proof, proofSchema, proofToJson } from '../groth16/proof.ts';
import type { ParamsLayouts } from './params.ts';
import type { Presentation } from './presentation.ts';
import {
  encodeRequestSet,
  MAX_SET_REQUESTS,
  parseRequestSet,
  type RequestSet,
  type RequestSetJson,
  setIndexSchema,
} from './request-set.ts';

export const PRESENTATION_SET_FORMAT = 'canbao/presentation-set@1';

/** A proof for one request of the set. */
export interface SetProof {
  /** Place in `requestSet.requests`, from 0. */
  readonly index: number;
  readonly proof: Groth16Proof;
}

/**
 * A holder's answer to a request set. Root and nullifier stand here once for all proofs: answers
 * about two people, or from two ledgers, cannot even be written down, and a proof made for another
 * nullifier or root is a false one.
 */
export interface PresentationSet {
  readonly requestSet: RequestSet;
  readonly epochRoot: EpochRoot;
  readonly nullifier: Nullifier;
  /** Ascending by index; for `all` one each, for `any` exactly one. */
  readonly proofs: readonly SetProof[];
}

const schema = z.strictObject({
  format: z.literal(PRESENTATION_SET_FORMAT),
  requestSet: z.unknown(), // by parseRequestSet, with its own codes
  epochRoot: frSchema,
  nullifier: frSchema,
  proofs: z
    .array(
      z.strictObject({
        index: setIndexSchema,
        proof: proofSchema,
      }),
    )
    .max(MAX_SET_REQUESTS),
});

/** A presentation set file: `canbao/presentation-set@1`. */
export type PresentationSetJson = Omit<z.input<typeof schema>, 'requestSet'> & {
  requestSet: RequestSetJson;
};

export function encodePresentationSet(set: PresentationSet): PresentationSetJson {
  return {
    format: PRESENTATION_SET_FORMAT,
    requestSet: encodeRequestSet(set.requestSet),
    epochRoot: String(set.epochRoot),
    nullifier: String(set.nullifier),
    proofs: set.proofs.map(({ index, proof }) => {
      const { a, b, c } = proofToJson(proof);
      return { index, proof: { a: [...a], b: [[...b[0]], [...b[1]]], c: [...c] } };
    }),
  };
}

/**
 * Reads a presentation set file, strictly.
 * @throws presentation_set.malformed, presentation_set.incomplete, and what `parseRequestSet`
 * throws for the set in it
 */
export function decodePresentationSet(json: unknown, statements: ParamsLayouts): PresentationSet {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('presentation_set.malformed', { reason: firstIssue(parsed.error) });
  }
  const { epochRoot, nullifier, proofs } = parsed.data;
  const requestSet = parseRequestSet(parsed.data.requestSet, statements);
  const indexes = proofs.map(({ index }) => index);
  assertAnswered(requestSet, indexes);
  return {
    requestSet,
    epochRoot: toEpochRoot(epochRoot),
    nullifier: toNullifier(nullifier),
    proofs,
  };
}

/** The answers one by one, each as a presentation that can be checked or exported alone. */
export function presentationsOf(
  set: PresentationSet,
): readonly { readonly index: number; readonly presentation: Presentation }[] {
  const { epochRoot, nullifier, proofs, requestSet } = set;
  return proofs.map(({ index, proof }) => {
    const request = requestSet.requests[index];
    if (!request) throw new RangeError(`the set has no request ${index}`);
    return { index, presentation: { request, epochRoot, nullifier, proof } };
  });
}

function assertAnswered({ mode, requests }: RequestSet, indexes: readonly number[]): void {
  const bad = (reason: string) => new CanbaoError('presentation_set.malformed', { reason });
  if (indexes.some((index) => index >= requests.length)) throw bad('a proof answers no request');
  if (indexes.some((index, i) => i > 0 && index <= (indexes[i - 1] ?? 0))) {
    throw bad('proofs must ascend by the request they answer');
  }
  if (mode === 'any' && indexes.length > 1) throw bad('one proof answers, not several');
  const missing = mode === 'any' ? 0 : requests.findIndex((_, i) => !indexes.includes(i));
  if (mode === 'any' ? indexes.length === 0 : missing >= 0) {
    const facts = { number: missing + 1, requests: requests.length };
    throw new CanbaoError('presentation_set.incomplete', facts);
  }
}
