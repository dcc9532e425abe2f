import type { ErrorEntry } from './error-entry.ts';

/** Bureaus over HTTP: operators, uploads. */
export const bureauErrors = {} as const satisfies Record<string, ErrorEntry>;
