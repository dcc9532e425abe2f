import { openKeyStore } from '../src/keys/key-store.ts';
import { statementRegistry } from '../src/statements/registry.ts';

/** Circuits and development keys once, before the test files share the cores. */
export default async function setup(): Promise<void> {
  const keys = openKeyStore({ production: false });
  await Promise.all(statementRegistry.all().map(({ name }) => keys.get(name)));
}
