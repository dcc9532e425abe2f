import type { Check } from './check.ts';
import { domainCheck } from './domain/domain-check.ts';
import { jacobianCheck } from './jacobian/jacobian-check.ts';
import { mutationCheck } from './mutation/mutation-check.ts';

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [mutationCheck, jacobianCheck, domainCheck];
