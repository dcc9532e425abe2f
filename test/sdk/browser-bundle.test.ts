import { expect, test } from 'vitest';
import { bundleForBrowser } from '../support/bundle.ts';

const ENTRY = 'src/sdk/index.ts';

test('the entry needs nothing of Node', async () => {
  const bundle = await bundleForBrowser(ENTRY);
  expect(bundle.nodeModules).toEqual([]);
  // The program of a prover thread, a text, asks for it where there is no page.
  const own = bundle.code.replace("require('node:worker_threads')", '');
  expect(own).not.toMatch(/\bBuffer\b|\bprocess\.|\brequire\(/);
  for (const name of ['snarkjs', 'kysely', 'fastify', 'pg-boss', 'jose']) {
    expect(bundle.packages, name).not.toContain(name);
  }
});

test('a page that only asks brings neither prover nor curve', async () => {
  const { packages, code } = await bundleForBrowser('test/support/browser/sdk-client.ts');
  for (const name of ['@noble/curves', 'mcl-wasm', '@scure/bip39', 'poseidon-lite']) {
    expect(packages, name).not.toContain(name);
  }
  expect(code).toContain('/v1/requests');
});
