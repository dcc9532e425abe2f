import { parseArgs } from 'node:util';
import { demoSample, writeSample } from '../src/ledger/sample/write-sample.ts';

// npm run sample -- --people 1000 --seed 1 --out DIR, or --demo for the one kept in the repository.
const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    demo: { type: 'boolean', default: false },
  },
});

const folder = values.demo ? 'demo' : values.out;
const people = values.demo ? demoSample.people : Number(values.people);
const seed = values.demo ? demoSample.seed : Number(values.seed);
if (!folder || !Number.isSafeInteger(people) || people < 1 || !Number.isSafeInteger(seed)) {
  console.error('usage: sample --people N --seed N --out DIR | --demo');
  process.exit(2);
}
const started = performance.now();
const paths = await writeSample({
  people,
  seed,
  folder,
  onProgress: ({ file, rows }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${file}: ${rows} rows `);
  },
});
if (process.stderr.isTTY) process.stderr.write('\n');
console.log(`${paths.join('\n')}\n${((performance.now() - started) / 1000).toFixed(1)} s`);
