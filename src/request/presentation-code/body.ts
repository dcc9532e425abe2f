import { numberToBytesBE } from '@noble/curves/utils.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import { layoutBits, unpackWord } from '../../core/packed-word.ts';
import type { Groth16Proof } from '../../groth16/proof.ts';
import { type AnyPresentation, isPresentationSet } from '../any-request.ts';
import { type ParamsLayout, type ParamsLayouts, packParams } from '../params.ts';
import type { PresentationRequest } from '../presentation-request.ts';
import { BadBytes, CodeReader, textBytes, varint } from './bytes.ts';
import { proofBytes, readProof } from './points.ts';

/**
 * What codes carry:
 *
 *     kind chainId contract[20] expiresAt audience purpose epochRoot[32] nullifier[32]
 *     a set: how many requests                       a request: statement params nonce[32]
 *     of "any": the place of the one that is proven                        a proof: [128]
 */
const KINDS = ['one', 'all', 'any'] as const;
const ADDRESS_BYTES = 20;
const WORD_BYTES = 32;

/** @throws BadBytes where the proof is none, statement.unknown, statement.bad_params */
export function presentationBytes(
  presentation: AnyPresentation,
  statements: ParamsLayouts,
): Uint8Array {
  const { kind, requests, proofs } = taken(presentation);
  const [first] = requests;
  if (!first) throw new BadBytes('it has no request');
  return concatBytes(
    Uint8Array.of(KINDS.indexOf(kind)),
    varint(first.domain.chainId),
    hexToBytes(first.domain.verifyingContract.slice(2)),
    varint(first.expiresAt),
    textBytes(first.audience),
    textBytes(first.purpose),
    numberToBytesBE(presentation.epochRoot, WORD_BYTES),
    numberToBytesBE(presentation.nullifier, WORD_BYTES),
    ...(kind === 'one' ? [] : [varint(requests.length)]),
    ...requests.map((request) => questionBytes(request, layoutOf(request.statement, statements))),
    ...(kind === 'any' ? proofs.map(({ index }) => varint(index)) : []),
    ...proofs.map(({ proof }) => proofBytes(proof)),
  );
}

/**
 * A presentation, whose request nobody has checked yet.
 * @throws BadBytes, also for a statement nobody knows here; core.out_of_range
 */
export function readPresentationBytes(
  bytes: Uint8Array,
  statements: ParamsLayouts,
): AnyPresentation {
  const reader = new CodeReader(bytes);
  const kind = KINDS[reader.byte()];
  if (!kind) throw new BadBytes('it is of an unknown kind');
  const domain = { chainId: reader.varint(), verifyingContract: readHex(reader, ADDRESS_BYTES) };
  const expiresAt = reader.varint();
  const shared = { domain, expiresAt, audience: reader.text(), purpose: reader.text() };
  const signals = {
    epochRoot: reader.number(WORD_BYTES) as AnyPresentation['epochRoot'],
    nullifier: reader.number(WORD_BYTES) as AnyPresentation['nullifier'],
  };
  const count = kind === 'one' ? 1 : reader.varint();
  const requests = times(count, () => ({ ...shared, ...readQuestion(reader, statements) }));
  const place = kind === 'any' ? reader.varint() : 0;
  const proofs = times(kind === 'any' ? 1 : count, (i) => ({
    index: place + i,
    proof: readProof(reader),
  }));
  reader.end();
  if (kind !== 'one') return { requestSet: { mode: kind, requests }, ...signals, proofs };
  const [request, proof] = [requests[0], proofs[0]?.proof];
  if (!request || !proof) throw new BadBytes('it has no request');
  return { request, ...signals, proof };
}

interface Taken {
  readonly kind: (typeof KINDS)[number];
  readonly requests: readonly PresentationRequest[];
  readonly proofs: readonly { readonly index: number; readonly proof: Groth16Proof }[];
}

function taken(presentation: AnyPresentation): Taken {
  if (isPresentationSet(presentation)) {
    const { requestSet, proofs } = presentation;
    return { kind: requestSet.mode, requests: requestSet.requests, proofs };
  }
  const { request, proof } = presentation;
  return { kind: 'one', requests: [request], proofs: [{ index: 0, proof }] };
}

function questionBytes(request: PresentationRequest, layout: ParamsLayout): Uint8Array {
  const { statement, params, nonce } = request;
  return concatBytes(
    textBytes(statement),
    numberToBytesBE(packParams(layout, params), paramsBytes(layout)),
    hexToBytes(nonce.slice(2)),
  );
}

function readQuestion(reader: CodeReader, statements: ParamsLayouts) {
  const statement = reader.text();
  const layout = layoutOf(statement, statements);
  const params = unpackWord(layout.params, reader.number(paramsBytes(layout)));
  return { statement, params, nonce: readHex(reader, WORD_BYTES) };
}

function paramsBytes({ params }: ParamsLayout): number {
  return Math.ceil(layoutBits(params) / 8);
}

function layoutOf(name: string, statements: ParamsLayouts): ParamsLayout {
  const layout = statements.get(name);
  if (!layout) throw new BadBytes('it is about a statement that is not known here');
  return layout;
}

function readHex(reader: CodeReader, length: number): `0x${string}` {
  return `0x${bytesToHex(reader.bytes(length))}`;
}

/** As many as there are bytes for: reading ends where they do. */
function times<T>(count: number, make: (i: number) => T): T[] {
  const made: T[] = [];
  for (let i = 0; i < count; i++) made.push(make(i));
  return made;
}
