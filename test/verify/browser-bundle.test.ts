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

test('a verifier’s page needs nothing of Node, no prover, and little space', async () => {
  const bundle = await bundleForBrowser('test/support/browser/verify.ts');
  expect(bundle.nodeModules).toEqual([]);
  expect(bundle.code).not.toMatch(/\bBuffer\b|\bprocess\.|\brequire\(/);
  for (const name of ['snarkjs', 'ffjavascript', 'circomlibjs', '@scure/bip39', 'kysely']) {
    expect(bundle.packages, name).not.toContain(name);
  }
  expect(kib(bundle.code)).toBeLessThan(VERIFIER_KIB);
});

/** Gzipped; 172 as measured, of which two thirds are Poseidon constants the statements bring along. */
const VERIFIER_KIB = 190;

test('a wallet’s page needs nothing of Node either', async () => {
  const bundle = await bundleForBrowser('test/support/browser/prove.ts');
  expect(bundle.nodeModules).toEqual([]);
  expect(bundle.packages).toContain('snarkjs');
  expect(kib(bundle.code)).toBeLessThan(290); // 260 as measured
});

test('the verifier’s script runs where there are only web globals', async () => {
  const { code } = await bundleForBrowser('test/support/browser/verify.ts');
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
