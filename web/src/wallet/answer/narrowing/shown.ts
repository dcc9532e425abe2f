import type { PresentationRequest } from '../../../../../src/request/presentation-request.ts';

/** Something proven before, or about to be. */
export interface Shown {
  readonly request: PresentationRequest;
  /** Month of the record it was, or will be, proven from. */
  readonly month: number;
  /** When; Unix seconds. */
  readonly at: number;
}
