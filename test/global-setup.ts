import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compiledCircuit } from '../src/keys/circuit-build.ts';
import { statementRegistry } from '../src/statements/registry.ts';

/**
 * Circuits compiled once, before the test files share the cores; and a folder where the
 * first file that needs the sample ledger keeps it for the others.
 */
export default async function setup(): Promise<() => Promise<void>> {
  await Promise.all(statementRegistry.all().map(({ name }) => compiledCircuit(name)));
  const shared = await mkdtemp(join(tmpdir(), 'canbao-tests-'));
  process.env.CANBAO_TEST_FOLDER = shared;
  return () => rm(shared, { recursive: true, force: true });
}
