import type { FaultCheck } from './check.ts';
import { embeddedKillsCheck, killsCheck } from './kills.ts';
import { plantedCheck } from './planted.ts';
import { racesCheck } from './races.ts';
import { reorganisationsCheck } from './reorganisations.ts';
import { rpcFaultsCheck } from './rpc-faults.ts';

/** Every check, in the order of the report. */
export const checks: readonly FaultCheck[] = [
  killsCheck,
  embeddedKillsCheck,
  reorganisationsCheck,
  rpcFaultsCheck,
  racesCheck,
  plantedCheck,
];
