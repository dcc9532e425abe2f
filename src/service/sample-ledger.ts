import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type MonthIndex, monthIndex } from '../core/month.ts';
import { createEnrolment, readEnrolment } from '../holder/enrolment.ts';
import { deriveHolderKeys, type HolderKeys } from '../holder/keys.ts';
import { closeEpoch } from '../jobs/close-epoch.ts';
import { packageRoot } from '../keys/paths.ts';
import { wasmPoseidon } from '../ledger/build/poseidon-wasm.ts';
import { importFile } from '../ledger/import/import-file.ts';
import { readMapping } from '../ledger/import/mapping.ts';
import type { KnownPersonFile } from '../ledger/sample/write-sample.ts';
import { enrolHolder } from '../ledger/store/enrol-holder.ts';
import { latestEpoch } from '../ledger/store/epochs.ts';
import type { Bureau } from '../runtime/bureau.ts';

/** The sample ends here; the month is closed in the month after. */
const CLOSED_MONTH = monthIndex(2026, 10);
const PRESENT: MonthIndex = monthIndex(2026, 11);

/** Persons first, so that the first rows of contributions find them. */
const EXPORTS = [
  'xiamen-persons',
  'xiamen-contributions',
  'fuzhou-persons',
  'fuzhou-contributions',
];

/** A person of the sample whose keys everybody knows: their seed is a hash of their role. */
export interface SampleHolder extends KnownPersonFile {
  readonly keys: HolderKeys;
}

/** Public on purpose: people of the sample are invented, and whoever tries the service needs one. */
export function sampleSeed(role: string): Uint8Array {
  return new TextEncoder().encode(`canbao sample ${role}`.padEnd(32, '.'));
}

export async function sampleHolders(): Promise<readonly SampleHolder[]> {
  const text = await readFile(join(packageRoot, 'demo', 'people.json'), 'utf8');
  const people = JSON.parse(text) as KnownPersonFile[];
  return people.map((person) => ({ ...person, keys: deriveHolderKeys(sampleSeed(person.role)) }));
}

/**
 * Fills an empty ledger with the exports of `demo/`, enrols its known people and closes October
 * 2026; leaves a ledger with any closed month alone. Killed on the way, it goes on where it was.
 * @returns whether there was anything to do
 */
export async function fillWithSample(bureau: Bureau): Promise<boolean> {
  const { store, pepper } = bureau;
  if (await latestEpoch(store)) return false;
  for (const name of EXPORTS) {
    const [city = '', kind = ''] = name.split('-');
    const mapping = await readMapping(join(packageRoot, 'demo', 'mappings', `${name}.json`));
    const file = join(packageRoot, 'demo', city, `${kind}.csv`);
    await importFile(store, { file, mapping, pepper, present: PRESENT });
  }
  for (const { idNumber, keys } of await sampleHolders()) {
    const key = readEnrolment(createEnrolment(keys));
    await enrolHolder(store, { idNumber, pepper, ...key, identityMonth: PRESENT });
  }
  const chain = await bureau.chain();
  await closeEpoch({
    store,
    registry: chain.registry,
    signers: await bureau.signers(),
    submitter: chain.submitter(),
    month: CLOSED_MONTH,
    hash: await wasmPoseidon(),
    persistChain: chain.persist,
  });
  return true;
}
