import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { encodePresentation, type PresentationJson } from '../../src/request/presentation.ts';
import { encodeEpochs } from '../../src/verify/epochs-file.ts';
import { bundleForBrowser, splitForBrowser } from '../support/bundle.ts';
import { EPOCH_MONTH } from '../support/opening.ts';
import { coverageKeys, sampleOpening, samplePresentation } from '../support/presentation.ts';
import { NOW } from '../support/request.ts';

const kib = (text: string) => Math.round(gzipSync(text).length / 1024);

/** Gzipped ceilings of what a page loads at once, a little above what was measured: 74, 191, 282 KiB. */
const ceilings = { 'verify-core': 80, verify: 205, prove: 305 } as const;
/** Of what comes later: mcl's WebAssembly, 179 KiB, with the first proof to verify; and the prover's kernels. */
const laterCeilings = { 'verify-core': 190, verify: 190, prove: 240 } as const;
type Entry = keyof typeof ceilings;

const bundleOf = (entry: Entry) => bundleForBrowser(`test/support/browser/${entry}.ts`);

test.each(Object.keys(ceilings) as Entry[])('%s needs nothing of Node', async (entry) => {
  const bundle = await bundleOf(entry);
  expect(bundle.nodeModules).toEqual([]);
  // The program of a prover thread, a text, asks for it where there is no page.
  const own = bundle.code.replace("require('node:worker_threads')", '');
  expect(own).not.toMatch(/\bBuffer\b|\bprocess\.|\brequire\(/);
});

test.each(Object.keys(ceilings) as Entry[])(
  '%s stays small, its WebAssembly comes later',
  async (entry) => {
    const { first, later } = await splitForBrowser(`test/support/browser/${entry}.ts`);
    expect(kib(first.join(''))).toBeLessThan(ceilings[entry]);
    expect(kib(later.join(''))).toBeLessThan(laterCeilings[entry]);
    // How every WebAssembly begins, in base 64.
    expect(first.join('')).not.toContain('AGFzbQ');
    expect(later.join('')).toContain('AGFzbQ');
  },
);

test('a verifier brings no prover, no wallet and no store', async () => {
  const { packages } = await bundleOf('verify');
  for (const name of ['snarkjs', 'ffjavascript', '@scure/bip39', '@noble/ciphers', 'kysely']) {
    expect(packages, name).not.toContain(name);
  }
  const { packages: wallet } = await bundleOf('prove');
  expect(wallet).toContain('@scure/bip39');
  expect(wallet).not.toContain('snarkjs');
  expect((await bundleOf('verify-core')).packages).not.toContain('poseidon-lite');
});

describe('the verifier’s script runs where there are only web globals', () => {
  /** A page that verifies; `prelude` runs in it before the script. */
  async function page(prelude: string) {
    const { code } = await bundleOf('verify');
    const { artifacts, entry } = await coverageKeys();
    const epochs = encodeEpochs([
      { root: sampleOpening.epoch.root, month: EPOCH_MONTH, revision: 0, publishedAt: NOW - 60 },
    ]);
    const context = createContext({ TextEncoder, TextDecoder, URL, atob });
    runInContext(prelude, context);
    runInContext(code, context);
    const verify = (input: unknown): Promise<{ valid: boolean; reason: string }> => {
      const key = verificationKeyFromZkey(artifacts.zkey);
      context.files = JSON.stringify({ input, epochs, entry, key });
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
    const pairing = (): Promise<string> =>
      runInContext('canbao.loadPairing().then(({ name }) => name)', context);
    return { verify, pairing, read: (name: string): unknown => runInContext(name, context) };
  }

  const expectVerdicts = async (verify: Awaited<ReturnType<typeof page>>['verify']) => {
    expect(await verify(presentation)).toMatchObject({ valid: true, reason: 'valid' });
    expect(await verify({ ...presentation, nullifier: '1' })).toMatchObject({
      valid: false,
      reason: 'invalid_proof',
    });
  };

  let presentation: PresentationJson;
  beforeAll(async () => {
    presentation = encodePresentation(await samplePresentation());
  }, 180_000);

  test('with one WebAssembly module', async () => {
    const { verify, pairing, read } = await page(`
      globalThis.started = 0;
      const { instantiate } = WebAssembly;
      WebAssembly.instantiate = (...given) => (started++, instantiate(...given));
    `);
    expect(read('started')).toBe(0);
    await expectVerdicts(verify);
    expect(read('started')).toBe(1);
    expect(await pairing()).toBe('mcl');
  });

  test('without WebAssembly, and where it is forbidden', async () => {
    for (const prelude of [
      'delete globalThis.WebAssembly',
      `WebAssembly.instantiate = async () => { throw new WebAssembly.CompileError('policy'); }`,
    ]) {
      const { verify, pairing } = await page(prelude);
      await expectVerdicts(verify);
      expect(await pairing()).toBe('noble');
    }
  });
});
