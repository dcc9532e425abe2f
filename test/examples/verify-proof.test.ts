import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/core/clock.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { exportSnarkjs, type Presentation } from '../../src/request/presentation.ts';
import { encodeRequest, type PresentationRequest } from '../../src/request/presentation-request.ts';
import { type EpochListing, encodeEpochs } from '../../src/verify/epochs-file.ts';
import { canbao } from '../cli/canbao.ts';
import { EPOCH_MONTH } from '../support/opening.ts';
import { coverageKeys, sampleOpening, samplePresentation } from '../support/presentation.ts';
import { noPython, python } from '../support/python.ts';
import { coverageStatement, NOW, sampleRequest } from '../support/request.ts';
import { toG2, twistPoint } from '../support/twist-points.ts';

const DAY = 86_400;
const now = systemClock();
const request = sampleRequest({ expiresAt: Math.max(NOW, now) + DAY });
const listing: EpochListing = {
  root: sampleOpening.epoch.root,
  month: EPOCH_MONTH,
  revision: 0,
  publishedAt: now - 60 * DAY,
};

let folder: string;
let keyHash: string;
let presentation: Presentation;
/** What was exported, by file name. */
let files: Record<string, unknown>;

beforeAll(async () => {
  if (noPython) return;
  folder = await mkdtemp(join(tmpdir(), 'canbao-python-'));
  const { artifacts, entry } = await coverageKeys();
  keyHash = entry.vkeyHash;
  presentation = await samplePresentation(request);
  const { proof, publicSignals } = exportSnarkjs(presentation, coverageStatement());
  files = {
    'proof.json': proof,
    'public.json': publicSignals,
    'verification_key.json': verificationKeyFromZkey(artifacts.zkey),
    'statements.json': (await canbao(['statements'])).json,
  };
});
afterAll(() => folder && rm(folder, { recursive: true }));

interface Change {
  readonly files?: Record<string, unknown>;
  readonly request?: Partial<PresentationRequest>;
  readonly epochs?: readonly EpochListing[];
  readonly keyHash?: string;
  readonly args?: readonly string[];
}

/** Runs the example on the exported proof with something changed. */
async function verify(change: Change = {}) {
  const asked = encodeRequest({ ...request, ...change.request });
  const all: Record<string, unknown> = {
    ...files,
    'request.json': asked,
    'epochs.json': encodeEpochs(change.epochs ?? [listing]),
    ...change.files,
  };
  for (const [name, content] of Object.entries(all)) {
    await writeFile(join(folder, name), JSON.stringify(content));
  }
  const given = {
    epochs: join(folder, 'epochs.json'),
    request: join(folder, 'request.json'),
    statements: join(folder, 'statements.json'),
    'key-hash': change.keyHash ?? keyHash,
  };
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
  const args = ['verify_proof.py', folder, ...options, ...(change.args ?? [])];
  const { code, stdout, stderr } = await python(...args);
  return { code, stderr, ...(JSON.parse(stdout || '{}') as Record<string, unknown>) };
}

describe.skipIf(noPython)(`verify_proof.py${noPython ? `: ${noPython}` : ''}`, () => {
  test('a proof is valid, and told by name', async () => {
    const signals = files['public.json'] as string[];
    const [nullifier, epochRoot, scope, requestHash, params] = signals;
    expect(await verify()).toMatchObject({
      ...{ code: 0, stderr: '', valid: true, reason: 'valid', keyChecked: true, keyHash },
      ...{ audience: request.audience, purpose: request.purpose },
      ...{ nullifier, epochRoot, scope, requestHash, params },
    });
  });

  const signal = (index: number, value: (old: bigint) => bigint) => ({
    'public.json': (files['public.json'] as string[]).map((text, i) =>
      i === index ? String(value(BigInt(text))) : text,
    ),
  });
  const proofWith = (change: Record<string, unknown>) => ({
    'proof.json': { ...(files['proof.json'] as object), ...change },
  });
  const proof = () => files['proof.json'] as { pi_a: string[]; pi_b: string[][]; pi_c: string[] };

  test.each<[string, string, () => Change]>([
    ['another nullifier', 'invalid_proof', () => ({ files: signal(0, (n) => n + 1n) })],
    [
      'a nullifier past the field',
      'malformed',
      () => ({ files: signal(0, (n) => n + FIELD_ORDER) }),
    ],
    ['another root', 'unknown_root', () => ({ files: signal(1, (n) => n + 1n) })],
    ['another scope', 'wrong_request', () => ({ files: signal(2, (n) => n + 1n) })],
    ['another request hash', 'wrong_request', () => ({ files: signal(3, (n) => n + 1n) })],
    ['lower thresholds', 'wrong_request', () => ({ files: signal(4, (n) => n - 1n) })],
    [
      'A and C exchanged',
      'invalid_proof',
      () => ({ files: proofWith({ pi_a: proof().pi_c, pi_c: proof().pi_a }) }),
    ],
    ['a point off the curve', 'malformed', () => ({ files: proofWith({ pi_a: ['1', '3', '1'] }) })],
    [
      'a point out of its subgroup',
      'malformed',
      () => ({ files: proofWith({ pi_b: outOfSubgroup() }) }),
    ],
    [
      'another audience asked',
      'wrong_request',
      () => ({ request: { audience: 'https://bank.example' } }),
    ],
    ['another purpose asked', 'wrong_request', () => ({ request: { purpose: 'loan' } })],
    [
      'another nonce asked',
      'wrong_request',
      () => ({ request: { nonce: `0x${'0c'.repeat(32)}` } }),
    ],
    [
      'more months asked',
      'wrong_request',
      () => ({ request: { params: { ...request.params, minMonths: 13n } } }),
    ],
    [
      'another chain asked',
      'wrong_request',
      () => ({ request: { domain: { ...request.domain, chainId: 1 } } }),
    ],
    ['another key hash', 'key_refused', () => ({ keyHash: `0x${'00'.repeat(32)}` })],
    [
      'a key anybody can forge under',
      'key_refused',
      () => ({ files: { 'verification_key.json': unsafeKey() } }),
    ],
    ['no such root published', 'unknown_root', () => ({ epochs: [] })],
    [
      'a corrected root',
      'corrected',
      () => ({ epochs: [{ ...listing, supersededAt: now - DAY, correctedAt: now - DAY }] }),
    ],
    [
      'a root superseded long ago',
      'superseded',
      () => ({ epochs: [{ ...listing, supersededAt: now - 36 * DAY }] }),
    ],
  ])('%s: %s', async (_, reason, change) => {
    expect(await verify(change())).toMatchObject({ code: 1, valid: false, reason });
  });

  test('a root superseded of late counts, as long as it is said', async () => {
    const epochs = [{ ...listing, supersededAt: now - 34 * DAY }];
    expect(await verify({ epochs })).toMatchObject({ code: 0 });
    const args = ['--max-staleness-days', '30'];
    expect(await verify({ epochs, args })).toMatchObject({ code: 1, reason: 'superseded' });
  });

  test('an expired request, and a file that is none', async () => {
    const expired = sampleRequest({ expiresAt: now - 1 });
    const answer = { ...presentation, request: expired };
    const { publicSignals } = exportSnarkjs(answer, coverageStatement());
    const changed = { files: { 'public.json': publicSignals }, request: expired };
    expect(await verify(changed)).toMatchObject({ reason: 'expired' });
    expect(await verify({ files: { 'proof.json': {} } })).toMatchObject({ code: 2 });
  });

  test('its Keccak is Keccak, at every length about a block', async () => {
    const { stdout } = await python(
      '-c',
      'from keccak import keccak256\nfor n in range(300): print(keccak256(bytes(range(256)) [:n % 256] * 2).hex())',
    );
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const expected = Array.from({ length: 300 }, (_, n) => {
      const part = bytes.slice(0, n % 256);
      return bytesToHex(keccak_256(Uint8Array.from([...part, ...part])));
    });
    expect(stdout.trim().split('\n')).toEqual(expected);
  });

  function outOfSubgroup() {
    return [...toG2(twistPoint()).map((pair) => pair.map(String)), ['1', '0']];
  }

  function unsafeKey() {
    const key = files['verification_key.json'] as Record<string, unknown>;
    return { ...key, vk_delta_2: key.vk_gamma_2 };
  }
});
