import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toEpochRoot } from '../../src/core/brands.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import { encodeEpochs, epochsFromFile } from '../../src/verify/epochs-file.ts';

const first = {
  root: toEpochRoot(5n),
  month: toMonthIndex(1520),
  revision: 0,
  publishedAt: 100,
  supersededAt: 200,
};
const second = { root: toEpochRoot(6n), month: toMonthIndex(1521), revision: 1, publishedAt: 200 };
const file = () => JSON.parse(JSON.stringify(encodeEpochs([first, second])));

test('roots are found with their status, others are not', async () => {
  const epochs = epochsFromFile(file());
  const { root: _, ...status } = first;
  expect(await epochs.lookup(first.root)).toEqual(status);
  expect((await epochs.lookup(second.root))?.supersededAt).toBeUndefined();
  expect(await epochs.lookup(toEpochRoot(7n))).toBeUndefined();
});

test.each<[string, (json: ReturnType<typeof file>) => unknown]>([
  ['a root twice', (f) => ({ ...f, epochs: [f.epochs[0], f.epochs[0]] })],
  ['a zero root', (f) => ({ ...f, epochs: [{ ...f.epochs[0], root: '0' }] })],
  ['a leading zero', (f) => ({ ...f, epochs: [{ ...f.epochs[0], root: '05' }] })],
  ['a month out of range', (f) => ({ ...f, epochs: [{ ...f.epochs[0], month: 4096 }] })],
  ['an empty time', (f) => ({ ...f, epochs: [{ ...f.epochs[0], supersededAt: null }] })],
  ['an unknown field', (f) => ({ ...f, more: 1 })],
  ['another version', (f) => ({ ...f, format: 'canbao/epochs@2' })],
])('%s is refused', (_, edit) => {
  expect(() => epochsFromFile(edit(file()))).toThrow(
    expect.objectContaining({ code: 'epochs.malformed' }),
  );
});

test('whatever the input, the answer is a coded error', () => {
  fc.assert(
    fc.property(fc.anything(), (json) => {
      expect(() => epochsFromFile(json)).toThrow(CanbaoError);
    }),
  );
});
