import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canbao } from '../../cli/canbao.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'canbao-verifiers-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const run = (...args: string[]) => canbao(['verifier', ...args, '--home', home]);
const add = (audience: string) => run('add', '--audience', audience, '--name', 'A bank');

test('verifiers are added, listed and revoked; a key is shown once', async () => {
  const added = await add('https://bank.test');
  expect(added).toMatchObject({ code: 0, json: { id: 1, audience: 'https://bank.test' } });
  expect(added.json.key).toMatch(/^cbv_[\w-]{43}$/);
  expect(await run('revoke', '1')).toMatchObject({ code: 0, json: { id: 1 } });
  expect(await run('revoke', '1')).toMatchObject({
    ...{ code: 2, json: { error: { code: 'verifier.unknown' } } },
  });
  const listed = await run('list');
  expect(listed.json.verifiers).toMatchObject([{ id: 1, revokedAt: expect.any(String) }]);
  expect(listed.stdout).not.toContain(added.json.key);
}, 120_000);

test('an audience is an origin', async () => {
  expect(await add('bank')).toMatchObject({
    ...{ code: 2, json: { error: { code: 'request.bad_audience' } } },
  });
}, 60_000);
