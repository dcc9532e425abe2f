import { auditErrors } from './audit.ts';
import { authorityErrors } from './authority.ts';
import { bureauErrors } from './bureau.ts';
import { ceremonyErrors } from './ceremony.ts';
import { certificateErrors } from './certificate.ts';
import { chainErrors } from './chain.ts';
import { cliErrors } from './cli.ts';
import { coreErrors } from './core.ts';
import { delegationErrors } from './delegation.ts';
import type { ErrorEntry } from './error-entry.ts';
import { groth16Errors } from './groth16.ts';
import { holderErrors } from './holder.ts';
import { ledgerErrors } from './ledger.ts';
import { presentingErrors } from './presenting.ts';
import { requestErrors } from './request.ts';
import { sdkErrors } from './sdk.ts';
import { serviceErrors } from './service.ts';
import { statementErrors } from './statement.ts';
import { verdictErrors } from './verdict.ts';
import { webhookErrors } from './webhook.ts';

/** Every error code of the product. A code is never renamed once released. */
export const errorCatalogue = {
  ...coreErrors,
  ...ledgerErrors,
  ...statementErrors,
  ...holderErrors,
  ...requestErrors,
  ...groth16Errors,
  ...ceremonyErrors,
  ...chainErrors,
  ...auditErrors,
  ...authorityErrors,
  ...serviceErrors,
  ...presentingErrors,
  ...verdictErrors,
  ...certificateErrors,
  ...webhookErrors,
  ...delegationErrors,
  ...bureauErrors,
  ...sdkErrors,
  ...cliErrors,
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
