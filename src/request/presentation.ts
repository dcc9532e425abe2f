import { z } from 'zod';
import { type EpochRoot, type Nullifier, toEpochRoot, toNullifier } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Fr } from '../core/field.ts';
import { firstIssue, frSchema } from '../core/json.ts';
import {
  type Groth16Proof,
  proofSchema,
  proofToJson,
  proofToSnarkjs,
  type SnarkjsProof,
} from '../groth16/proof.ts';
import type { ParamsLayout, ParamsLayouts } from './params.ts';
import { encodeRequest, type PresentationRequest, parseRequest } from './presentation-request.ts';
import type { requestSchema } from './request-format.ts';
import { type RequestSignals, requestSignals } from './request-hash.ts';

const PRESENTATION_FORMAT = 'canbao/presentation@1';

/** A holder's answer: a proof, the request it answers, and the public signals no request determines. */
export interface Presentation {
  readonly request: PresentationRequest;
  readonly epochRoot: EpochRoot;
  readonly nullifier: Nullifier;
  readonly proof: Groth16Proof;
}

const schema = z.strictObject({
  format: z.literal(PRESENTATION_FORMAT),
  request: z.unknown(), // by parseRequest, with its own codes
  epochRoot: frSchema,
  nullifier: frSchema,
  proof: proofSchema,
});

/** A presentation file: `canbao/presentation@1`; numbers are canonical decimals. */
export type PresentationJson = Omit<z.input<typeof schema>, 'request'> & {
  request: z.input<typeof requestSchema>;
};

export function encodePresentation(presentation: Presentation): PresentationJson {
  const { a, b, c } = proofToJson(presentation.proof);
  return {
    format: PRESENTATION_FORMAT,
    request: encodeRequest(presentation.request),
    epochRoot: String(presentation.epochRoot),
    nullifier: String(presentation.nullifier),
    proof: { a: [...a], b: [[...b[0]], [...b[1]]], c: [...c] },
  };
}

/**
 * Reads a presentation file, strictly.
 * @throws presentation.malformed, and what `parseRequest` throws for the request in it
 */
export function decodePresentation(json: unknown, statements: ParamsLayouts): Presentation {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('presentation.malformed', { reason: firstIssue(parsed.error) });
  }
  const { request, epochRoot, nullifier, proof } = parsed.data;
  return {
    request: parseRequest(request, statements),
    epochRoot: toEpochRoot(epochRoot),
    nullifier: toNullifier(nullifier),
    proof,
  };
}

/**
 * nullifier, epochRoot, scope, requestHash, params: the order of every circuit.
 * @param signals those the request determines, where they are known already
 */
export function publicSignals(
  { request, nullifier, epochRoot }: Presentation,
  statement: ParamsLayout,
  signals: RequestSignals = requestSignals(request, statement),
): readonly Fr[] {
  const { scope, requestHash, params } = signals;
  return [nullifier, epochRoot, scope, requestHash, params];
}

/** proof.json and public.json, as stock snarkjs takes them. */
export function exportSnarkjs(
  presentation: Presentation,
  statement: ParamsLayout,
): { readonly proof: SnarkjsProof; readonly publicSignals: readonly string[] } {
  return {
    proof: proofToSnarkjs(presentation.proof),
    publicSignals: publicSignals(presentation, statement).map(String),
  };
}
