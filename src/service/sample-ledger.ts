import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type MonthIndex, monthIndex } from '../core/month.ts';
import { createEnrolment, readEnrolment } from '../holder/enrolment.ts';
import { deriveHolderKeys, type HolderKeys } from '../holder/keys.ts';
import { newMnemonic, seedFromMnemonic } from '../holder/mnemonic.ts';
import { closeEpoch } from '../jobs/close-epoch.ts';
import { packageRoot } from '../keys/paths.ts';
import { wasmPoseidon } from '../ledger/build/poseidon-wasm.ts';
import { importFile } from '../ledger/import/import-file.ts';
import { type Mapping, readMapping } from '../ledger/import/mapping.ts';
import type { KnownPersonFile } from '../ledger/sample/write-sample.ts';
import { listBatches } from '../ledger/store/batch.ts';
import { enrolHolder } from '../ledger/store/enrol-holder.ts';
import { latestEpoch } from '../ledger/store/epochs.ts';
import type { Store } from '../ledger/store/open-store.ts';
import type { Bureau } from '../runtime/bureau.ts';

/** The sample ends here; the month is closed in the month after. */
export const SAMPLE_MONTH = monthIndex(2026, 10);
export const SAMPLE_PRESENT: MonthIndex = monthIndex(2026, 11);

/** Persons first, so that the first rows of contributions find them. */
const EXPORTS = [
  'xiamen-persons',
  'xiamen-contributions',
  'fuzhou-persons',
  'fuzhou-contributions',
];

/** One of the sample's exports. */
export interface SampleExport {
  /** `xiamen/persons.csv` */
  readonly name: string;
  readonly file: string;
  readonly mapping: Mapping;
}

/** In the order they are imported. */
export function sampleExports(): Promise<SampleExport[]> {
  return Promise.all(
    EXPORTS.map(async (name) => {
      const [city = '', kind = ''] = name.split('-');
      return {
        name: `${city}/${kind}.csv`,
        file: join(packageRoot, 'demo', city, `${kind}.csv`),
        mapping: await readMapping(join(packageRoot, 'demo', 'mappings', `${name}.json`)),
      };
    }),
  );
}

/** Invented people the sample's records are about, by their role in the story. */
export async function samplePeople(): Promise<readonly KnownPersonFile[]> {
  return JSON.parse(await readFile(join(packageRoot, 'demo', 'people.json'), 'utf8'));
}

/** A person of the sample whose keys everybody knows: their words are made of their role. */
export interface SampleHolder extends KnownPersonFile {
  /** To recover their wallet with. */
  readonly mnemonic: string;
  readonly keys: HolderKeys;
}

/** Public on purpose: people of the sample are invented, and whoever tries the service needs one. */
export function sampleMnemonic(role: string): string {
  return newMnemonic('en', (length) =>
    sha256(utf8ToBytes(`canbao sample ${role}`)).slice(0, length),
  );
}

export function sampleSeed(role: string): Uint8Array {
  return seedFromMnemonic(sampleMnemonic(role));
}

export async function sampleHolders(): Promise<readonly SampleHolder[]> {
  const people = await samplePeople();
  return people.map((person) => ({
    ...person,
    mnemonic: sampleMnemonic(person.role),
    keys: deriveHolderKeys(sampleSeed(person.role)),
  }));
}

/**
 * Fills an empty ledger with the exports of `demo/`, enrols its known people and closes October
 * 2026; leaves a ledger alone that has a closed month, or records of anybody else. Killed on the
 * way, it goes on where it was.
 * @returns whether there was anything to do
 */
export async function fillWithSample(bureau: Bureau): Promise<boolean> {
  const { store, pepper } = bureau;
  const exports = await sampleExports();
  if ((await latestEpoch(store)) || (await hasOthers(store, exports))) return false;
  for (const { file, mapping } of exports) {
    await importFile(store, { file, mapping, pepper, present: SAMPLE_PRESENT });
  }
  for (const { idNumber, keys } of await sampleHolders()) {
    const key = readEnrolment(createEnrolment(keys));
    await enrolHolder(store, { idNumber, pepper, ...key, identityMonth: SAMPLE_PRESENT });
  }
  const chain = await bureau.chain();
  await closeEpoch({
    store,
    registry: chain.registry,
    signers: await bureau.signers(),
    submitter: chain.submitter(),
    month: SAMPLE_MONTH,
    hash: await wasmPoseidon(),
    persistChain: chain.persist,
  });
  return true;
}

/** Whether something was imported that is not of the sample. */
async function hasOthers(store: Store, exports: readonly SampleExport[]): Promise<boolean> {
  const batches = await listBatches(store);
  return batches.some(
    ({ source, fileName }) =>
      !exports.some((one) => one.mapping.source === source && basename(one.file) === fileName),
  );
}
