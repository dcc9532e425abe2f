import type { ParamsLayouts } from './params.ts';
import type { Presentation } from './presentation.ts';
import { decodePresentation, encodePresentation } from './presentation.ts';
import { encodeRequest, type PresentationRequest, parseRequest } from './presentation-request.ts';
import {
  decodePresentationSet,
  encodePresentationSet,
  PRESENTATION_SET_FORMAT,
  type PresentationSet,
} from './presentation-set.ts';
import {
  encodeRequestSet,
  parseRequestSet,
  REQUEST_SET_FORMAT,
  type RequestSet,
} from './request-set.ts';

/** What a verifier may ask with: one request, or several together. */
export type AnyRequest = PresentationRequest | RequestSet;
/** What a holder may answer with. */
export type AnyPresentation = Presentation | PresentationSet;

export function isRequestSet(request: AnyRequest): request is RequestSet {
  return 'requests' in request;
}

export function isPresentationSet(presentation: AnyPresentation): presentation is PresentationSet {
  return 'requestSet' in presentation;
}

/** Reads a request file of either kind. @throws what `parseRequest` or `parseRequestSet` throws */
export function parseAnyRequest(json: unknown, statements: ParamsLayouts): AnyRequest {
  return formatOf(json) === REQUEST_SET_FORMAT
    ? parseRequestSet(json, statements)
    : parseRequest(json, statements);
}

export function encodeAnyRequest(request: AnyRequest) {
  return isRequestSet(request) ? encodeRequestSet(request) : encodeRequest(request);
}

/** Reads a presentation file of either kind. @throws what its decoder throws */
export function decodeAnyPresentation(json: unknown, statements: ParamsLayouts): AnyPresentation {
  return formatOf(json) === PRESENTATION_SET_FORMAT
    ? decodePresentationSet(json, statements)
    : decodePresentation(json, statements);
}

export function encodeAnyPresentation(presentation: AnyPresentation) {
  return isPresentationSet(presentation)
    ? encodePresentationSet(presentation)
    : encodePresentation(presentation);
}

/** The requests in it, in their order. */
export function requestsOf(request: AnyRequest): readonly PresentationRequest[] {
  return isRequestSet(request) ? request.requests : [request];
}

/** The `format` a file names; undefined where it names none. May throw where reading it does. */
function formatOf(json: unknown): unknown {
  return typeof json === 'object' && json !== null
    ? (json as { format?: unknown }).format
    : undefined;
}
