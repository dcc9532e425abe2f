import type { ErrorEntry } from './error-entry.ts';

/** Holders over HTTP: login, bundle, proofs made for them. */
export const delegationErrors = {} as const satisfies Record<string, ErrorEntry>;
