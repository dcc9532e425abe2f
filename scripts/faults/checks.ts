import type { FaultCheck } from './check.ts';
import { plantedCheck } from './planted.ts';
import { racesCheck } from './races.ts';
import { reorganisationsCheck } from './reorganisations.ts';
import { rpcFaultsCheck } from './rpc-faults.ts';

/** Every check, in the order of the report. */
export const checks: readonly FaultCheck[] = [
  reorganisationsCheck,
  rpcFaultsCheck,
  racesCheck,
  plantedCheck,
];
