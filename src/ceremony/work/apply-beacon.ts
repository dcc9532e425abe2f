import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transcript } from '../transcript.ts';
import { acceptContribution } from './accept.ts';
import { type BeaconContribution, contributeBeacon } from './contribute.ts';

/**
 * Makes the beacon's contribution and takes it in, checked like any other: anybody can make it again.
 * @throws as `contributeBeacon`, `acceptContribution`
 */
export async function applyBeacon(
  options: Omit<BeaconContribution, 'output'>,
): Promise<Transcript> {
  const { folder, onProgress } = options;
  const scratch = await mkdtemp(join(folder, 'beacon-'));
  try {
    const contribution = join(scratch, 'contribution');
    await contributeBeacon({ ...options, output: contribution });
    return await acceptContribution({ folder, contribution, ...(onProgress && { onProgress }) });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
