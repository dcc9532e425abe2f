import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statementRegistry } from '../../src/statements/registry.ts';
import { canbao } from './canbao.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'canbao-contracts-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const run = async (...args: string[]) =>
  (await canbao(['contracts', ...args, '--home', home])).json;

it('before they are deployed, says so', async () => {
  expect(await run('claims')).toEqual({ ok: true, claims: [] });
  const { benefitClaims, rules } = await run('list');
  expect([benefitClaims, rules]).toEqual([undefined, []]);
});

it('deploys once, with the rules of the year, and lists what there is', async () => {
  const deployed = await run('deploy', '--year', '2027');
  expect(await run('deploy', '--year', '2028')).toEqual(deployed);
  const { statementVerifier, benefitClaims, tenderRoster } = deployed;
  const listed = await run('list');
  expect(listed).toMatchObject({ statementVerifier, benefitClaims, tenderRoster });
  expect(listed.rules.map(({ purpose }: { purpose: string }) => purpose)).toEqual([
    ...['pension-claim', 'pension-claim', 'unemployment-claim-2027'],
  ]);
  expect(listed.statements).toMatchObject(
    statementRegistry.all().map(({ name }) => ({ name, status: 'active' })),
  );
  expect(await run('claims')).toEqual({ ok: true, claims: [] });
  const { stdout } = await canbao(['contracts', 'list', '--home', home, '--lang', 'zh'], {
    words: true,
  });
  expect(stdout).toContain('启用');
});
