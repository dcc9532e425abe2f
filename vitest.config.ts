import { defineConfig } from 'vitest/config';

/** Suites of many processes, a browser or minutes of work: `npm run test:long`, and CI. */
const LONG = [
  'test/cli/**',
  'test/docs/readme-runs.test.ts',
  'test/browser/**',
  'test/chain/invariants.test.ts',
  'test/ceremony/page.test.ts',
  'test/ceremony/refusals.test.ts',
  'test/ceremony/rehearsal.test.ts',
  'test/authority/co-signing.test.ts',
  'test/authority/processes.test.ts',
  'test/ledger/import-resume.test.ts',
  'test/service/processes.test.ts',
  'test/service/backup/backup.test.ts',
  'test/service/backup/other-engine.test.ts',
  'test/service/bureau/closing-peers.test.ts',
  'test/service/bureau/epochs.test.ts',
  'test/service/bureau/killed-import.test.ts',
  'test/service/bureau/slow-bodies.test.ts',
  'test/service/claims/**',
  'test/service/fuzz.test.ts',
  'test/service/presenting/answering.test.ts',
  'test/service/presenting/verifier-command.test.ts',
  'test/service/proofs/database-cuts.test.ts',
  'test/service/proofs/proofs.test.ts',
  'test/service/proofs/worker.test.ts',
  'test/service/retention/retention.test.ts',
  'test/service/verdicts/once.test.ts',
  'test/service/verdicts/wrong.test.ts',
  'test/service/webhooks/deliver.test.ts',
  'test/sdk/service.test.ts',
  'test/examples/**',
  'test/jobs/faults.test.ts',
  'test/jobs/rpc-faults.test.ts',
  'test/groth16/engine-long/**',
  'test/groth16/engine/proofs.test.ts',
  'test/groth16/engine/small-circuits.test.ts',
  'test/groth16/compact-key/round-trip.test.ts',
  'test/groth16/witness-graph.test.ts',
  'test/groth16/witness-graph-circuits.test.ts',
  'test/jobs/audit/planted.test.ts',
  'test/oracle/**',
  'test/release/**',
  'test/scripts/gen.test.ts',
  'test/soundness/domain.test.ts',
  'test/web/**',
];
const isLong = process.env.CANBAO_TESTS === 'long';

export default defineConfig({
  test: {
    include: isLong
      ? LONG.map((path) => path.replace('**', '**/*.test.ts'))
      : ['test/**/*.test.ts'],
    exclude: isLong ? [] : LONG,
    globalSetup: ['test/global-setup.ts'],
    // Files of one worker share modules: loading circuits, curves and databases' code for each took as
    // long as a fifth of the tests. The long suites change environments and keep to themselves.
    isolate: isLong,
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 240_000,
    // What a page is about to show is waited for: the machine may be busy.
    expect: { poll: { timeout: 30_000 } },
  },
});
