import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { statementRegistry } from '../../src/statements/registry.ts';
import { canbao } from './canbao.ts';

/** A dozen processes, ms. */
const PATIENCE = 400_000;

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

const file = () => join(home, 'change.json');
const standing = async (name: string) =>
  (await run('list')).statements.find((one: { name: string }) => one.name === name);

/** Draws up a change, has it signed and sends it. */
async function change(...args: string[]): Promise<void> {
  expect(await run('change', 'new', ...args, '-o', file())).toMatchObject({ ok: true });
  expect(await run('change', 'sign', file())).toMatchObject({ signatures: 3, quorum: 2 });
  expect(await run('change', 'submit', file())).toMatchObject({ ok: true });
}

it(
  'pauses at once, resumes after the delay, and not what was cancelled',
  async () => {
    await change('pause', 'coverage@1');
    expect(await standing('coverage@1')).toMatchObject({ status: 'paused' });
    await change('resume', 'coverage@1');
    expect((await standing('coverage@1')).pending).toMatchObject({ action: 'resume' });
    const early = await canbao(['contracts', 'execute', 'coverage@1', '--home', home]);
    expect([early.code, early.json.error.facts]).toMatchObject([2, { error: 'NotReady' }]);
    await change('cancel', 'coverage@1');
    expect((await standing('coverage@1')).pending).toBeUndefined();
  },
  PATIENCE,
);

it(
  'registers what is new, after the delay',
  async () => {
    const { entry } = await standing('coverage@1');
    await change('register', 'coverage@2', '--verifier', entry.verifier);
    const again = await canbao(['contracts', 'change', 'submit', file(), '--home', home]);
    expect(again.code).toBe(2);
    expect(again.json.error.facts).toMatchObject({ error: 'WrongPreviousStatementChange' });
  },
  PATIENCE,
);

it(
  'a change that was tampered with, or is for other contracts, is not read',
  async () => {
    await run('change', 'new', 'pause', 'pension-eligibility@1', '-o', file());
    await run('change', 'sign', file());
    const signed = JSON.parse(await readFile(file(), 'utf8'));
    const other = `0x${'11'.repeat(20)}`;
    for (const [changed, reason] of [
      [{ ...signed, change: { ...signed.change, action: 'disable' } }, /not its own/],
      [{ ...signed, statementRegistry: other }, /other contracts/],
      [{ ...signed, format: 'canbao/authority-change@1' }, /not a change/],
    ] as const) {
      await writeFile(file(), JSON.stringify(changed));
      const refused = await canbao(['contracts', 'change', 'submit', file(), '--home', home]);
      expect(refused.code).toBe(2);
      expect(refused.json.error).toMatchObject({
        ...{ code: 'cli.bad_file', facts: { reason: expect.stringMatching(reason) } },
      });
    }
  },
  PATIENCE,
);
