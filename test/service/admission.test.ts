import fastify from 'fastify';
import { expect, test } from 'vitest';
import { admission } from '../../src/api/plugins/admission.ts';
import { answerErrors } from '../../src/http/error-answers.ts';

async function gated(inFlight: number, verdictsInFlight = inFlight) {
  const app = fastify();
  answerErrors(app);
  await app.register(admission, { inFlight, verdictsInFlight });
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  app.get('/work', async () => {
    await gate;
    return { ok: true };
  });
  app.get('/verdict', { config: { admission: 'verdict' } }, async () => {
    await gate;
    return { ok: true };
  });
  app.get('/fault', async () => {
    throw new Error('a fault');
  });
  app.get('/probe', { config: { admission: false } }, async () => ({ ok: true }));
  const status = async (url: string) => (await app.inject({ url })).statusCode;
  return { app, status, letGo };
}

test('more than can be done is refused at once, and taken again afterwards', async () => {
  const { app, status, letGo } = await gated(2);
  const working = [status('/work'), status('/work')];
  await expect.poll(() => status('/work')).toBe(503);
  const refused = await app.inject({ url: '/work' });
  expect(refused.json()).toMatchObject({ code: 'service.overloaded' });
  expect(refused.headers['retry-after']).toBe('1');
  expect(await status('/probe')).toBe(200);
  letGo();
  expect(await Promise.all(working)).toEqual([200, 200]);
  expect(await status('/work')).toBe(200);
});

test('what fails gives its place back', async () => {
  const { status } = await gated(1);
  for (let i = 0; i < 5; i++) expect(await status('/fault')).toBe(500);
});

test('what is refused before it is worked on, such as an unknown address, takes no place', async () => {
  const { status } = await gated(1);
  for (let i = 0; i < 5; i++) expect(await status('/nowhere')).toBe(404);
  expect(await status('/fault')).toBe(500);
});

test('verdicts have fewer places, and leave the others to the rest', async () => {
  const { status, letGo } = await gated(4, 2);
  const verdicts = [status('/verdict'), status('/verdict')];
  await expect.poll(() => status('/verdict')).toBe(503);
  const others = [status('/work'), status('/work')];
  await expect.poll(() => status('/work')).toBe(503);
  letGo();
  expect(await Promise.all([...verdicts, ...others])).toEqual([200, 200, 200, 200]);
  expect(await status('/verdict')).toBe(200);
});
