import type { ErrorEntry } from './error-entry.ts';

/** Requests to holders, their answers, verifiers and webhooks, over HTTP. */
export const presentingErrors = {} as const satisfies Record<string, ErrorEntry>;
