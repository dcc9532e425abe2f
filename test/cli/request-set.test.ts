import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliOptions, canbao } from './canbao.ts';

/** `flexible-worker` of `demo/people.json`: 163 months in Fuzhou up to 2026-10, no employer. */
const person = '350111197909050023';
const passphrase = { CANBAO_PASSPHRASE: 'correct horse battery' };

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
const at = (name: string) => join(folder, name);
const run = (args: readonly string[], options?: CliOptions) =>
  canbao([...args, '--home', at('home')], options);
const ask = (file: string, ...more: string[]) =>
  run([
    ...['request', 'new', '--audience', 'https://loans.example', '--purpose', 'Loan 7'],
    ...['-o', at(file), ...more],
  ]);
const prove = (request: string, output: string, ...more: string[]) =>
  run(
    [
      ...['prove', '--request', at(request), '--bundle', at('bundle.json'), '-y'],
      ...['-o', at(output), ...more],
    ],
    { env: passphrase },
  );
const verify = (file: string, request: string, options?: CliOptions) =>
  run(['verify', at(file), '--epochs', at('epochs.json'), '--request', at(request)], options);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-sets-'));
  const steps = [
    ['import', 'demo/mappings/fuzhou-persons.json', 'demo/fuzhou/persons.csv'],
    ['import', 'demo/mappings/fuzhou-contributions.json', 'demo/fuzhou/contributions.csv'],
    ['wallet', 'new'],
    ['enrol', '--person', person, '--enrolment', at('home/wallet.enrolment.json')],
    ['epoch', 'close', '--month', '2026-10'],
    ['bundle', '--person', person, '-o', at('bundle.json')],
    ['epoch', 'export', '-o', at('epochs.json')],
  ];
  for (const step of steps) {
    const { code, stderr } = await run(step, { env: passphrase });
    expect(code, stderr).toBe(0);
  }
}, 300_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('all of the following', () => {
  it('is asked by a preset that is a set, proven, verified and exported', async () => {
    const made = await ask('all.json', '--preset', 'flexible-worker', '--average-wage', '5000');
    expect(made).toMatchObject({
      code: 0,
      json: { request: { format: 'canbao/request-set@1', mode: 'all' } },
    });
    expect(made.json.request.requests).toHaveLength(3);
    expect(made.json.notes).toEqual([expect.stringContaining('contribution-base-bounds')]);
    const shown = await run(['request', 'show', at('all.json'), '--lang', 'zh'], { words: true });
    expect(shown.stdout).toContain('以下各项均需证明：\n  1. ');
    // The last statement is about the base: that it stays hidden is promised by the others alone.
    expect(shown.stdout).not.toContain('您的缴费基数（工资）。');

    const proven = await prove('all.json', 'all.proof.json');
    expect(proven).toMatchObject({ code: 0, json: { ok: true, answered: [1, 2, 3] } });
    const [json, words] = await Promise.all([
      verify('all.proof.json', 'all.json'),
      verify('all.proof.json', 'all.json', { words: true }),
    ]);
    expect(json).toMatchObject({ code: 0, json: { valid: true, kind: 'set', requests: 3 } });
    expect(json.json.nullifier).toBe(proven.json.nullifier);
    expect(words.stdout).toContain('satisfies all 3 requests');
    expect(words.stdout).toMatch(/^ {2}3\. Pension insurance was paid in each of the last 1/m);

    expect(await run(['export', at('all.proof.json'), '-o', at('out')])).toMatchObject({ code: 0 });
    for (const name of ['1-coverage@1', '2-coverage@1', '3-contribution-base@1']) {
      expect((await stat(at(`out/${name}/proof.json`))).isFile()).toBe(true);
    }
  });

  it('is refused with a proof taken out', async () => {
    const file = JSON.parse(await readFile(at('all.proof.json'), 'utf8'));
    await writeFile(at('short.json'), JSON.stringify({ ...file, proofs: file.proofs.slice(1) }));
    expect(await verify('short.json', 'all.json')).toMatchObject({
      code: 1,
      json: { valid: false, reason: 'incomplete' },
    });
  });

  it('tells every reason of a record that does not qualify', async () => {
    const both = ['--preset', 'receives-pension', '--preset', 'car-plate'];
    await ask('both.json', ...both, '--region', '350200');
    const refused = await prove('both.json', 'never.json');
    expect(refused).toMatchObject({
      code: 1,
      json: {
        ok: false,
        failures: [
          { number: 1, statement: 'benefit-status@1', reason: 'does-not-receive' },
          { number: 2, statement: 'coverage@1', reason: 'nothing-there' },
        ],
      },
    });
    expect(refused.json.failures[1].why).toContain('earliest 2028-10');
    await expect(stat(at('never.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('one of the following', () => {
  it('proves the first that holds, or the one chosen if it holds', async () => {
    const presets = ['receives-pension', 'ten-years-total', 'insured-now'];
    const made = await ask('any.json', '--mode', 'any', ...presets.flatMap((p) => ['--preset', p]));
    expect(made).toMatchObject({ code: 0, json: { request: { mode: 'any' } } });
    const [proven, chosen] = [
      await prove('any.json', 'any.proof.json'),
      await prove('any.json', 'never.json', '--choose', '1'),
    ];
    expect(proven).toMatchObject({ code: 0, json: { answered: [2] } });
    expect(chosen).toMatchObject({ code: 1, json: { failures: [{ number: 1 }] } });
    const words = await verify('any.proof.json', 'any.json', { words: true });
    expect(words.code).toBe(0);
    expect(words.stdout).toContain('satisfies request 2 of 3');
    expect(await verify('any.proof.json', 'all.json')).toMatchObject({
      code: 1,
      json: { reason: 'wrong_request' },
    });
  });
});

describe('refused with a code', () => {
  it.each<[string, string[], string]>([
    ['a mode of one', ['--preset', 'insured-now', '--mode', 'any'], 'cli.bad_option'],
    ['another mode', ['--preset', 'insured-now', '--mode', 'most'], 'cli.bad_option'],
    [
      'a preset twice',
      ['--preset', 'insured-now', '--preset', 'insured-now'],
      'request_set.repeated',
    ],
    [
      'a person and an employer',
      [
        ...['--preset', 'insured-now', '--preset', 'employer-no-arrears-12m'],
        ...['--employer', '91350213MA2C4P5543'],
      ],
      'request_set.mixed',
    ],
    [
      'a set in a set',
      ['--preset', 'points-settlement-all-five', '--preset', 'insured-now'],
      'statement.preset_alone',
    ],
    ['no average wage', ['--preset', 'flexible-worker'], 'statement.preset_needs'],
    [
      'a city without figures',
      ['--preset', 'medical-in-city', '--region', '350100'],
      'policy.no_figure',
    ],
    ['no months', ['--preset', 'maternity-cover', '--min-months', '0'], 'cli.bad_option'],
  ])('%s', async (_, more, code) => {
    expect(await ask('never.json', ...more)).toMatchObject({ code: 2, json: { error: { code } } });
  });
});
