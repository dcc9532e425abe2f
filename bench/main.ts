import { keepAndReport } from './report.ts';

/**
 * `npm run bench -- <name…> [--json] [--write]`: measurements, each against a peer in the same run.
 * `--write` keeps them in docs/.
 */
const benches = {
  costs: () => import('./costs.ts'),
  gas: () => import('./gas.ts'),
  epoch: () => import('./epoch.ts'),
  prove: () => import('./prove.ts'),
  service: () => import('./service.ts'),
  page: () => import('./page.ts'),
  wallet: () => import('./wallet.ts'),
  verify: () => import('./verify.ts'),
  batch: () => import('./batch.ts'),
  witness: () => import('./witness.ts'),
  poseidon: () => import('./poseidon.ts'),
  keys: () => import('./keys.ts'),
} as const;

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith('--'));
const names = args.filter((arg) => !arg.startsWith('--'));
const results: Record<string, unknown> = {};
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  const load = benches[name as keyof typeof benches];
  if (!load) {
    console.error(`There is no bench ${name}; there are ${Object.keys(benches).join(', ')}`);
    process.exit(2);
  }
  results[name] = await (await load()).run(flags);
}
if (flags.includes('--write')) {
  const { costs, gas, epoch, service, wallet, ...others } = results;
  await keepAndReport(others);
}
if (flags.includes('--json')) console.log(JSON.stringify(results));
process.exit(0);
