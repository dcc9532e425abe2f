import { beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/core/random.ts';
import {
  encodePresentation,
  type Presentation,
  type PresentationJson,
} from '../../src/request/presentation.ts';
import type { NullifiersPort } from '../../src/verify/ports.ts';
import type { Verdict } from '../../src/verify/verdict.ts';
import { verifyPresentation } from '../../src/verify/verify-presentation.ts';
import {
  type BatchPorts,
  type PresentationToVerify,
  verifyPresentations,
} from '../../src/verify/verify-presentations.ts';
import { samplePorts, samplePresentation } from '../support/presentation.ts';
import { NOW, sampleRequest } from '../support/request.ts';

let one: Presentation;
let other: Presentation;
beforeAll(async () => {
  one = await samplePresentation();
  other = await samplePresentation(sampleRequest({ purpose: 'another' }));
}, 180_000);

const file = (of: Presentation): PresentationJson =>
  JSON.parse(JSON.stringify(encodePresentation(of)));
const nullifiersOf = (): NullifiersPort & { readonly spent: string[] } => {
  const spent: string[] = [];
  const spend = async (nullifier: bigint, scope: bigint) => {
    const name = `${nullifier}/${scope}`;
    return !spent.includes(name) && spent.push(name) > 0;
  };
  return { spent, spend };
};
const portsWith = (change: Partial<BatchPorts> = {}): BatchPorts => ({
  ...samplePorts(),
  random: systemRandom,
  ...change,
});

/** Called one after another, against nullifiers of their own. */
async function oneByOne(list: readonly PresentationToVerify[], ports: BatchPorts) {
  const verdicts: Verdict[] = [];
  for (const { input, expectation } of list) {
    verdicts.push(await verifyPresentation(input, ports, expectation));
  }
  return verdicts;
}

test('none', async () => {
  expect(await verifyPresentations([], portsWith())).toEqual([]);
});

test('every verdict is the one of a presentation alone, in order', async () => {
  const [a, b] = [file(one), file(other)];
  const { request } = one;
  const swapped = { ...a, proof: { ...a.proof, a: b.proof.a } };
  const list: PresentationToVerify[] = [
    { input: a },
    { input: { ...a, nullifier: '1' } },
    { input: { ...a, nullifier: 'x' } },
    { input: b, expectation: { request } },
    { input: b, expectation: { request: other.request } },
    { input: swapped },
    { input: other, expectation: { audience: 'https://other.example' } },
    { input: { ...a, epochRoot: '1' } },
    { input: undefined },
    { input: a, expectation: { production: true } },
    { input: { ...a, request: { ...a.request, statement: 'coverage@9' } } },
    { input: one, expectation: { request } },
  ];
  const ports = () => portsWith({ nullifiers: nullifiersOf() });
  const verdicts = await verifyPresentations(list, ports());
  expect(verdicts).toEqual(await oneByOne(list, ports()));
  expect(verdicts.map(({ reason }) => reason)).toEqual([
    ...['valid', 'invalid_proof', 'malformed', 'wrong_request', 'valid', 'invalid_proof'],
    ...['wrong_audience', 'unknown_root', 'malformed', 'key_refused', 'unknown_statement'],
    'nullifier_spent',
  ]);
});

describe('nullifiers', () => {
  test('of two presentations with the same one the first that holds is valid', async () => {
    const forged = { ...file(one), proof: file(other).proof };
    const list = [forged, file(one), file(other), file(one)].map((input) => ({ input }));
    const nullifiers = nullifiersOf();
    const verdicts = await verifyPresentations(list, portsWith({ nullifiers }));
    expect(verdicts.map(({ reason }) => reason)).toEqual([
      ...['invalid_proof', 'valid', 'valid', 'nullifier_spent'],
    ]);
    const spentOf = ({ nullifier, scope }: Verdict) => `${nullifier}/${scope}`;
    expect(nullifiers.spent).toEqual(verdicts.slice(1, 3).map(spentOf));
  });

  test('are spent of nothing that is not valid otherwise', async () => {
    const nullifiers = nullifiersOf();
    const ports = portsWith({ nullifiers, clock: () => NOW + 1e6 });
    const verdicts = await verifyPresentations([{ input: one }, { input: other }], ports);
    expect(verdicts.map(({ reason }) => reason)).toEqual(['expired', 'expired']);
    expect(nullifiers.spent).toEqual([]);
  });

  test('none is spent where a port fails before', async () => {
    const nullifiers = nullifiersOf();
    let lookups = 0;
    const epochs: BatchPorts['epochs'] = {
      async lookup(root) {
        if (++lookups === 2) throw new Error('the chain does not answer');
        return samplePorts().epochs.lookup(root);
      },
    };
    const list = [{ input: one }, { input: other }];
    const call = verifyPresentations(list, portsWith({ nullifiers, epochs }));
    await expect(call).rejects.toThrow('does not answer');
    expect(nullifiers.spent).toEqual([]);
  });
});
