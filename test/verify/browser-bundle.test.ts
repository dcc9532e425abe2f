import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { encodePresentation } from '../../src/request/presentation.ts';
import { encodeEpochs } from '../../src/verify/epochs-file.ts';
import { bundleForBrowser } from '../support/bundle.ts';
import { EPOCH_MONTH } from '../support/opening.ts';
import { coverageKeys, sampleOpening, samplePresentation } from '../support/presentation.ts';
import { NOW } from '../support/request.ts';

const kib = (text: string) => Math.round(gzipSync(text).length / 1024);

/** Gzipped ceilings, a little above what was measured: 59, 173 and 259 KiB. */
const ceilings = { 'verify-core': 66, verify: 190, prove: 285 } as const;
type Entry = keyof typeof ceilings;

const bundleOf = (entry: Entry) => bundleForBrowser(`test/support/browser/${entry}.ts`);

test.each(Object.keys(ceilings) as Entry[])('%s needs nothing of Node', async (entry) => {
  const bundle = await bundleOf(entry);
  expect(bundle.nodeModules).toEqual([]);
  expect(bundle.code).not.toMatch(/\bBuffer\b|\bprocess\.|\brequire\(/);
  expect(kib(bundle.code)).toBeLessThan(ceilings[entry]);
});

test('a verifier brings no prover, no wallet and no store', async () => {
  const { packages } = await bundleOf('verify');
  for (const name of ['snarkjs', 'ffjavascript', '@scure/bip39', '@noble/ciphers', 'kysely']) {
    expect(packages, name).not.toContain(name);
  }
  expect((await bundleOf('prove')).packages).toContain('snarkjs');
  expect((await bundleOf('verify-core')).packages).not.toContain('poseidon-lite');
});

test('the verifier’s script runs where there are only web globals', async () => {
  const { code } = await bundleOf('verify');
  const { artifacts, entry } = await coverageKeys();
  const presentation = encodePresentation(await samplePresentation());
  const epochs = encodeEpochs([
    { root: sampleOpening.epoch.root, month: EPOCH_MONTH, revision: 0, publishedAt: NOW - 60 },
  ]);
  const context = createContext({ TextEncoder, TextDecoder, URL, atob });
  runInContext(code, context);
  const verify = (input: unknown): Promise<{ valid: boolean; reason: string }> => {
    context.files = JSON.stringify({
      input,
      epochs,
      entry,
      key: verificationKeyFromZkey(artifacts.zkey),
    });
    return runInContext(
      `(async () => {
        const { input, epochs, entry, key } = JSON.parse(files);
        const verificationKey = canbao.decodeVerificationKey(key);
        return canbao.verifyPresentation(input, {
          statements: canbao.statementRegistry,
          epochs: canbao.epochsFromFile(epochs),
          keys: { get: () => ({ verificationKey, entry }) },
          clock: () => ${NOW},
        });
      })()`,
      context,
    );
  };
  expect(await verify(presentation)).toMatchObject({ valid: true, reason: 'valid' });
  expect(await verify({ ...presentation, nullifier: '1' })).toMatchObject({
    valid: false,
    reason: 'invalid_proof',
  });
}, 180_000);
