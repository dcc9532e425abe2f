import { expect, it } from 'vitest';
import { canbao } from './canbao.ts';

it('the demo tells its story to the end, and every step holds', async () => {
  const { code, json } = await canbao(['demo']);
  expect(json).toMatchObject({ ok: true });
  expect(code).toBe(0);
  expect(json.steps.map(({ name }: { name: string }) => name)).toEqual([
    ...['keys', 'import', 'enrol', 'chain', 'close', 'bundle', 'request', 'prove', 'verify'],
    ...['contract', 'snarkjs', 'refusals', 'consume', 'employer', 'why-not'],
  ]);
  for (const step of json.steps) {
    expect(step).toEqual({ name: step.name, ok: true, ms: expect.any(Number) });
  }
}, 240_000);
