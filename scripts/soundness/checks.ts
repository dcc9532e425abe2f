import type { Check } from './check.ts';
import { circomspectCheck } from './circomspect/circomspect-check.ts';
import { defencesCheck } from './defences/defences-check.ts';
import { domainCheck } from './domain/domain-check.ts';
import { forgedCheck } from './forged/forged-check.ts';
import { jacobianCheck } from './jacobian/jacobian-check.ts';
import { mutationCheck } from './mutation/mutation-check.ts';
import { nullifierCheck } from './nullifier/nullifier-check.ts';
import { oracleCheck } from './oracle/oracle-check.ts';
import { plantedCheck } from './planted/planted-check.ts';
import { presentationCheck } from './presentation/presentation-check.ts';

/** Every check, in the order of the report. */
export const checks: readonly Check[] = [
  mutationCheck,
  jacobianCheck,
  domainCheck,
  forgedCheck,
  circomspectCheck,
  plantedCheck,
  oracleCheck,
  presentationCheck,
  nullifierCheck,
  defencesCheck,
];
