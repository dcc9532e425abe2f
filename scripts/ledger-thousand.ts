import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatMonth } from '../src/core/month.ts';
import { buildEpoch } from '../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../src/ledger/build/rebuild-epoch-root.ts';
import { importFile } from '../src/ledger/import/import-file.ts';
import { readMapping } from '../src/ledger/import/mapping.ts';
import { toPepper } from '../src/ledger/person-hash.ts';
import { SAMPLE_END } from '../src/ledger/sample/person.ts';
import { writeSample } from '../src/ledger/sample/write-sample.ts';
import { openStore } from '../src/ledger/store/open-store.ts';

// Generates a sample of many people, imports it twice, closes a month and rebuilds its root from the
// records, in a folder of its own. Prints one line a step; exits 1 if a check fails.
const { values } = parseArgs({
  options: { people: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' } },
});
const people = Number(values.people);
const folder = await mkdtemp(join(tmpdir(), 'canbao-thousand-'));

async function step<T>(name: string, body: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await body();
  console.log(`${((performance.now() - started) / 1000).toFixed(1).padStart(7)} s  ${name}`);
  return result;
}

function check(what: string, holds: boolean): void {
  if (holds) return;
  console.error(`failed: ${what}`);
  process.exitCode = 1;
}

try {
  await step(`sample of ${people} people`, () =>
    writeSample({ people, seed: Number(values.seed), folder }),
  );
  const store = await step('open an empty store', () =>
    openStore({ folder: join(folder, 'store') }),
  );
  const pepper = toPepper(randomBytes(32));
  for (const name of [
    'xiamen-persons',
    'xiamen-contributions',
    'fuzhou-persons',
    'fuzhou-contributions',
  ]) {
    const mapping = await readMapping(`demo/mappings/${name}.json`);
    const file = join(folder, `${name.replace('-', '/')}.csv`);
    const run = () => importFile(store, { file, mapping, pepper, present: SAMPLE_END });
    const { batch } = await step(`import ${name}`, run);
    console.log(`           ${batch.rows} rows: ${batch.added} added, ${batch.refused} refused`);
    check(`${name} twice`, (await run()).alreadyImported);
  }
  const hash = await wasmPoseidon();
  const epoch = await step(`close ${formatMonth(SAMPLE_END)}`, () =>
    buildEpoch(store, { month: SAMPLE_END, hash }),
  );
  const rebuilt = await step('rebuild its root from the records', () =>
    rebuildEpochRoot(store, { month: SAMPLE_END, hash }),
  );
  check('one root', rebuilt === epoch.root);
  check('accounts', epoch.accountCount === people);
  await store.close();
  console.log(`${(process.resourceUsage().maxRSS / 1024).toFixed(0).padStart(7)} MB at most`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
