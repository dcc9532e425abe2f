import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseFr, toFr } from '../../src/core/field.ts';
import { type CliOptions, canbao } from './canbao.ts';

/** `steady-employee` of `demo/people.json`: 92 months, the last ones with this employer. */
const person = '35021119910309542X';
const employer = '91350213MA2C4P5543';
/** `in-good-standing` of `demo/employers.json`: one person insured. */
const goodEmployer = '91350105MA1WKLGT3X';
const audience = 'https://tender.example';
const passphrase = { CANBAO_PASSPHRASE: 'correct horse battery' };

// Some forty processes: slow where others use the machine too.
vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const run = (args: readonly string[], options?: CliOptions) =>
  canbao([...args, '--home', at('home')], options);
const importOf = (city: string, kind: string, times = 1) => [
  ...['import', `demo/mappings/${city}-${kind}.json`],
  ...Array.from({ length: times }, () => `demo/${city}/${kind}.csv`),
];
const readJson = async (name: string) => JSON.parse(await readFile(at(name), 'utf8'));
const offline = (file: string, ...more: string[]) =>
  run(['verify', at(file), '--epochs', at('epochs.json'), ...more]);

/** One installation, from an empty folder to a verdict: each test goes on where the one before ended. */
describe('the whole path', () => {
  it('imports what two bureaus exported, and shows what it refused', async () => {
    const persons = await run(importOf('xiamen', 'persons', 2));
    expect(persons).toMatchObject({ code: 0, json: { ok: true } });
    expect(persons.json.imports).toMatchObject([
      { alreadyImported: false, batch: { rows: 17, added: 15, refused: 2 } },
      { alreadyImported: true, batch: { rows: 17, added: 15, refused: 2 } },
    ]);
    expect(persons.json.imports[0].refusedRows).toMatchObject([
      { line: 3, field: 'AAC004', code: 'ledger.unknown_code', facts: { value: '9' } },
      { line: 4, field: 'AAE200', code: 'ledger.bad_number' },
    ]);
    expect(await run(importOf('xiamen', 'contributions'))).toMatchObject({ code: 0 });
    expect(await run(importOf('fuzhou', 'persons'))).toMatchObject({ code: 0 });
    const last = await run([...importOf('fuzhou', 'contributions'), '--refused', '2'], {
      words: true,
      env: { LC_ALL: 'zh_CN.UTF-8' },
    });
    expect(last.code).toBe(0);
    expect(last.stdout).toBe(
      'contributions.csv：2115行 → 新增8773条记录，更正0条，未变0条；拒绝4行\n' +
        '  第74行：所属期：2024-3不是YYYY年MM月格式的有效日期\n' +
        '  第75行：医疗：代码表中没有待核\n' +
        '  ……另有2行（--report输出全部）\n',
    );
  });

  it('makes a wallet that only its owner can read, and ties it to a person', async () => {
    const made = await run(['wallet', 'new'], { env: passphrase });
    expect(made).toMatchObject({ code: 0, json: { ok: true, wallet: at('home/wallet.json') } });
    expect(made.json.mnemonic.split(' ')).toHaveLength(12);
    expect((await stat(at('home/wallet.json'))).mode & 0o777).toBe(0o600);
    expect(await readFile(at('home/wallet.json'), 'utf8')).not.toContain(made.json.mnemonic);
    const enrolment = at('home/wallet.enrolment.json');
    const [shown, enrolled, again] = await Promise.all([
      run(['wallet', 'show'], { env: passphrase }),
      run(['enrol', '--person', person, '--enrolment', enrolment]),
      run(['wallet', 'new'], { env: passphrase }),
    ]);
    expect(enrolled).toMatchObject({ code: 0, json: { ok: true } });
    expect(again).toMatchObject({ code: 2, json: { error: { code: 'cli.file_exists' } } });
    parseFr(shown.json.commitment);
  });

  it('ties another wallet to an employer, and no key to both', async () => {
    const wallet = ['--wallet', at('employer.json')];
    expect(await run(['wallet', 'new', ...wallet], { env: passphrase })).toMatchObject({ code: 0 });
    const enrol = (name: string) =>
      run(['enrol', '--employer', goodEmployer, '--enrolment', at(name)]);
    const taken = await enrol('home/wallet.enrolment.json');
    expect(taken).toMatchObject({ code: 2, json: { error: { code: 'ledger.commitment_taken' } } });
    const enrolled = await enrol('employer.enrolment.json');
    expect(enrolled).toMatchObject({ code: 0, json: { ok: true, employer: expect.any(Number) } });
  });

  it('closes the month with three signatures', async () => {
    const closed = await run(['epoch', 'close', '--month', '2026-10']);
    expect(closed).toMatchObject({
      code: 0,
      json: { ok: true, epoch: { month: '2026-10', revision: 0, state: 'final' } },
    });
    expect(new Set(closed.json.signers).size).toBe(3);
  });

  it('holds the ledger against the chain, where there is nothing to do', async () => {
    expect(await run(['epoch', 'check'])).toMatchObject({
      code: 0,
      json: { ok: true, takenBack: [], settled: [] },
    });
    const said = await run(['epoch', 'check', '--lang', 'zh'], { words: true });
    expect(said).toMatchObject({ code: 0, stdout: '账本与链上一致。\n' });
  });

  it('adds an authority when a quorum has signed, and only then', async () => {
    const newcomer = `0x${'ab'.repeat(20)}`;
    const file = at('change.json');
    const drawn = await run(['authority', 'change', 'new', '--add', newcomer, '-o', file]);
    expect(drawn).toMatchObject({ code: 0, json: { change: { added: [newcomer], quorum: 2 } } });
    const early = await run(['authority', 'change', 'submit', file]);
    expect(early).toMatchObject({
      code: 2,
      json: { error: { code: 'authority.no_quorum', facts: { signatures: 0, quorum: 2 } } },
    });
    const tampered = await readJson('change.json');
    const alone = (key: string) =>
      run(['authority', 'change', 'sign', file], { env: { CANBAO_AUTHORITY_KEY: key } });
    expect(await alone('11'.repeat(32))).toMatchObject({
      code: 2,
      json: { error: { code: 'authority.not_one' } },
    });
    const key = await readFile(join(at('home'), 'secrets', 'authority-2'), 'utf8');
    expect(await alone(key.trim())).toMatchObject({ code: 0, json: { signatures: 1, quorum: 2 } });
    expect(await run(['authority', 'change', 'sign', file])).toMatchObject({
      code: 0,
      json: { signatures: 3, quorum: 2 },
    });
    const signed = await readJson('change.json');
    await writeFile(
      at('tampered.json'),
      JSON.stringify({ ...signed, change: { ...tampered.change, quorum: 1 } }),
    );
    expect(await run(['authority', 'change', 'submit', at('tampered.json')])).toMatchObject({
      code: 2,
      json: { error: { code: 'cli.bad_file' } },
    });
    expect(await run(['authority', 'change', 'submit', file])).toMatchObject({
      code: 0,
      json: { transaction: expect.stringMatching(/^0x/), quorum: 2 },
    });
    const { json } = await run(['authority', 'list']);
    expect(json.authorities.map((one: string) => one.toLowerCase())).toContain(newcomer);
    expect(json.authorities).toHaveLength(4);
    expect(json.changes).toHaveLength(1);
    expect(await run(['authority', 'change', 'sign', file])).toMatchObject({
      code: 2,
      json: { error: { code: 'authority.outdated_change' } },
    });
  });

  it('hands out the record, makes requests and lists the published roots', async () => {
    const ask = ['request', 'new', '--audience', audience, '--purpose', 'Tender 118'];
    const staff = [...ask, '--preset', 'tender-staff-3m', '--employer', employer];
    const [bundle, request] = await Promise.all([
      run(['bundle', '--person', person, '-o', at('bundle.json')]),
      run([...staff, '-o', at('request.json')]),
    ]);
    expect(bundle).toMatchObject({ code: 0, json: { ok: true, month: '2026-10' } });
    expect((await stat(at('bundle.json'))).mode & 0o777).toBe(0o600);
    expect(request).toMatchObject({ code: 0, json: { ok: true, request: { audience } } });
    expect(request.json.request).toEqual(await readJson('request.json'));

    const tooMuch = [...ask, '--preset', 'ten-years-total', '-o', at('too-much.json')];
    expect(await run(tooMuch)).toMatchObject({ code: 0 });
    const listed = await run(['epoch', 'export', '-o', at('epochs.json')]);
    expect(listed).toMatchObject({ code: 0, json: { ok: true, epochs: 1 } });
  });

  it('says in plain words what a request asks, reveals and leaves hidden', async () => {
    const [shown, words] = await Promise.all([
      run(['request', 'show', at('request.json')]),
      run(['request', 'show', at('request.json'), '--lang', 'zh'], { words: true }),
    ]);
    expect(shown.json.asks).toContain(employer);
    expect(shown.json.reveals.length).toBeGreaterThan(0);
    expect(shown.json.hides.join()).toContain('salary');
    expect(words.stdout).toContain('对方不会得知：\n  · 您的缴费基数（工资）。');
  });

  it('proves, and the verdict is valid: against the chain, and off line', async () => {
    const own = ['--bundle', at('bundle.json'), '-y', '-o', at('proof.json')];
    const proven = await run(['prove', '--request', at('request.json'), ...own], {
      env: passphrase,
    });
    expect(proven).toMatchObject({ code: 0, json: { ok: true, output: at('proof.json') } });
    const [onChain, words] = await Promise.all([
      run(['verify', at('proof.json'), '--request', at('request.json')]),
      run(['verify', at('proof.json'), '--epochs', at('epochs.json')], { words: true }),
    ]);
    expect(onChain).toMatchObject({
      code: 0,
      json: { ok: true, reason: 'valid', keyStatus: 'development', audienceChecked: true },
    });
    expect(onChain.json.nullifier).toBe(proven.json.nullifier);
    expect(words.code).toBe(0);
    expect(words.stdout).toContain('Development keys: this proves nothing in earnest.');
    expect(words.stdout).toContain('Nobody checked whom it was made for.');
  });

  it('gives a verdict for each of several files, and fails where one is not valid', async () => {
    const proof = await readJson('proof.json');
    const forged = { ...proof, nullifier: String(toFr(parseFr(proof.nullifier) + 1n)) };
    await writeFile(at('forged.json'), JSON.stringify(forged));
    const files = ['proof.json', 'forged.json', 'proof.json'].map(at);
    const verify = ['verify', ...files, '--epochs', at('epochs.json')];
    const [json, words] = await Promise.all([run(verify), run(verify, { words: true })]);
    expect(json).toMatchObject({ code: 1, json: { ok: false } });
    expect(json.json.verdicts).toMatchObject([
      { file: files[0], ok: true, reason: 'valid' },
      { file: files[1], ok: false, reason: 'invalid_proof' },
      { file: files[2], ok: true, reason: 'valid' },
    ]);
    expect(words.code).toBe(1);
    expect(words.stdout.match(/\[(valid|invalid_proof)\]/g)).toEqual([
      ...['[valid]', '[invalid_proof]', '[valid]'],
    ]);
  });

  it('refuses what is not for this verifier, not true, or not what was asked', async () => {
    const proof = await readJson('proof.json');
    const another = (text: string) => String(toFr(parseFr(text) + 1n));
    const files = {
      'tampered.json': { ...proof, nullifier: another(proof.nullifier) },
      'other-root.json': { ...proof, epochRoot: another(proof.epochRoot) },
      'not-canonical.json': { ...proof, nullifier: `0${proof.nullifier}` },
    };
    for (const [name, content] of Object.entries(files)) {
      await writeFile(at(name), JSON.stringify(content));
    }
    const refused = (reason: string) => ({ code: 1, json: { ok: false, valid: false, reason } });
    expect(await offline('proof.json', '--audience', 'https://else.example')).toMatchObject(
      refused('wrong_audience'),
    );
    const [tampered, root] = await Promise.all([
      offline('tampered.json'),
      offline('other-root.json'),
    ]);
    expect(tampered).toMatchObject(refused('invalid_proof'));
    expect(root).toMatchObject(refused('unknown_root'));
    const [loose, other] = await Promise.all([
      offline('not-canonical.json'),
      offline('proof.json', '--request', at('too-much.json')),
    ]);
    expect(loose).toMatchObject(refused('malformed'));
    expect(other).toMatchObject(refused('wrong_request'));
  });

  it('lets an employer prove its standing, and nobody with another kind of record', async () => {
    const ask = (people: string) => [
      ...['request', 'new', '--audience', audience, '--purpose', 'Tender 118'],
      ...['--preset', 'employer-no-arrears-12m', '--employer', goodEmployer],
      ...['--min-people', people, '-o', at(`standing-${people}.json`)],
    ];
    await run(['bundle', '--employer', goodEmployer, '-o', at('employer.bundle.json')]);
    const [asked] = await Promise.all([run(ask('1')), run(ask('2'))]);
    expect(asked.json.request.params).toMatchObject({ minPeople: '1', isArrearsFree: '1' });

    const prove = (people: string, bundle: string, wallet: string) =>
      run(
        [
          ...['prove', '--request', at(`standing-${people}.json`), '--bundle', at(bundle)],
          ...['--wallet', at(wallet), '-y', '-o', at(`standing-${people}.proof.json`)],
        ],
        { env: passphrase },
      );
    const proven = await prove('1', 'employer.bundle.json', 'employer.json');
    expect(proven).toMatchObject({ code: 0, json: { ok: true } });
    const verdict = await offline('standing-1.proof.json', '--audience', audience);
    expect(verdict).toMatchObject({ code: 0, json: { valid: true, reason: 'valid' } });

    const few = await prove('2', 'employer.bundle.json', 'employer.json');
    expect(few).toMatchObject({ code: 1, json: { reason: 'too-few-people' } });
    const person = await prove('2', 'bundle.json', 'home/wallet.json');
    expect(person).toMatchObject({
      code: 2,
      json: { error: { code: 'statement.wrong_subject' } },
    });
  });

  it('exports what stock snarkjs accepts', async () => {
    expect(await run(['export', at('proof.json'), '-o', at('snarkjs')])).toMatchObject({
      code: 0,
      json: { files: ['proof.json', 'public.json', 'verification_key.json'] },
    });
    const snarkjs = join(dirname(createRequire(import.meta.url).resolve('snarkjs')), 'cli.cjs');
    const files = ['verification_key.json', 'public.json', 'proof.json'];
    const paths = files.map((name) => at(`snarkjs/${name}`));
    const args = [snarkjs, 'groth16', 'verify', ...paths];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(stdout).toContain('OK!');
  });

  it('tells a person who does not qualify why, and writes nothing', async () => {
    const own = ['--bundle', at('bundle.json'), '-y', '-o', at('never.json')];
    const refused = await run(['prove', '--request', at('too-much.json'), ...own], {
      env: passphrase,
    });
    expect(refused).toMatchObject({ code: 1, json: { ok: false, facts: { paidMonths: 92 } } });
    expect(refused.json.why).toMatch(/92.*120|120.*92/);
    await expect(stat(at('never.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('neither asks nor hangs where there is no terminal', async () => {
    const own = ['--request', at('request.json'), '--bundle', at('bundle.json')];
    const [silent, noPassphrase, wrong] = await Promise.all([
      run(['prove', ...own, '-o', at('never.json')], { env: passphrase }),
      run(['prove', ...own, '-y', '-o', at('never.json')]),
      run(['prove', ...own, '-y', '-o', at('never.json')], {
        env: { CANBAO_PASSPHRASE: 'some other words' },
      }),
    ]);
    const fault = (code: string) => ({ code: 2, json: { ok: false, error: { code } } });
    expect(silent).toMatchObject(fault('cli.no_consent'));
    expect(noPassphrase).toMatchObject(fault('cli.no_passphrase'));
    expect(wrong).toMatchObject(fault('wallet.not_opened'));
    const newWallet = ['wallet', 'new', '--wallet', at('second.json')];
    expect(await run(newWallet)).toMatchObject(fault('cli.no_passphrase'));
    await expect(stat(at('second.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('refuses development keys in production', async () => {
    const env = { NODE_ENV: 'production', ...passphrase };
    const own = ['--bundle', at('bundle.json'), '-y', '-o', at('never.json')];
    const [verdict, proof] = await Promise.all([
      run(['verify', at('proof.json'), '--epochs', at('epochs.json')], { env }),
      run(['prove', '--request', at('request.json'), ...own], { env }),
    ]);
    expect(verdict).toMatchObject({
      code: 1,
      json: {
        ok: false,
        reason: 'key_refused',
        detail: { code: 'key.development_refused' },
      },
    });
    expect(proof).toMatchObject({ code: 2, json: { error: { code: 'key.development_refused' } } });
  });

  it('leaves no person number in what the ledger keeps', async () => {
    const { stdout } = await promisify(execFile)('grep', ['-rlaF', person, at('home')]).catch(
      (error: { code: number; stdout: string }) => {
        expect(error.code).toBe(1); // grep: no file has it
        return error;
      },
    );
    expect(stdout).toBe('');
  });
});

describe.concurrent('bad input is answered with a code', () => {
  beforeAll(async () => {
    await writeFile(at('garbage.json'), '{"format": ');
    await writeFile(at('other.json'), '{"format":"something/else@1"}');
    await cp('demo/xiamen/persons.csv', at('persons.csv'));
  });
  const ask = (...more: string[]) => [
    ...['request', 'new', '--audience', audience, '--purpose', 'x', '-o', at('never.json')],
    ...more,
  ];

  it.each<[string, () => string[], string]>([
    ['a file that is not there', () => ['verify', at('nothing.json')], 'cli.no_file'],
    ['a file that is not JSON', () => ['verify', at('garbage.json')], 'cli.bad_file'],
    ['a folder for a file', () => ['request', 'show', folder], 'cli.bad_file'],
    ['another file', () => ['request', 'show', at('other.json')], 'request.malformed'],
    [
      'another file for epochs',
      () => ['verify', at('other.json'), '--epochs', at('other.json')],
      'epochs.malformed',
    ],
    ['an unknown preset', () => ask('--preset', 'nonsense'), 'statement.unknown_preset'],
    ['too many days', () => ask('--preset', 'insured-now', '--expires', '9999'), 'cli.bad_option'],
    [
      'a base band upside down',
      () => ask('--preset', 'loan-base-band', '--min-base', '9000', '--max-base', '8000'),
      'cli.bad_option',
    ],
    [
      'nobody at all',
      () => ask('--preset', 'employer-no-arrears-12m', '--employer', employer, '--min-people', '0'),
      'cli.bad_option',
    ],
    [
      'not an amount',
      () => ask('--preset', 'loan-base-band', '--min-base', 'x'),
      'core.bad_amount',
    ],
    [
      'a preset without what it needs',
      () => ask('--preset', 'loan-base-band'),
      'statement.preset_needs',
    ],
    ['nobody’s bundle', () => ['bundle', '-o', at('never.json')], 'cli.bad_usage'],
    [
      'a bundle of two',
      () => ['bundle', '--person', person, '--employer', employer, '-o', at('never.json')],
      'cli.bad_usage',
    ],
    [
      'not a credit code',
      () => ['bundle', '--employer', '1', '-o', at('never.json')],
      'ledger.bad_credit_code',
    ],
    [
      'an employer nobody has heard of',
      () => ['bundle', '--employer', '91350200M0001AAA3H', '-o', at('never.json')],
      'ledger.unknown_employer',
    ],
    ['an impossible month', () => ['epoch', 'close', '--month', '2026-13'], 'core.bad_month'],
    ['no mapping', () => ['import', at('nothing.json'), at('persons.csv')], 'ledger.no_file'],
    ['not a mapping', () => ['import', at('garbage.json'), at('x.csv')], 'ledger.bad_mapping'],
    [
      'not a number of rows',
      () => ['import', 'demo/mappings/xiamen-persons.json', at('persons.csv'), '--refused', 'x'],
      'cli.bad_option',
    ],
    ['an unknown option', () => ['statements', '--nonsense'], 'cli.bad_usage'],
    ['an unknown command', () => ['nonsense'], 'cli.bad_usage'],
    ['a missing argument', () => ['verify'], 'cli.bad_usage'],
    ['an unknown language', () => ['statements', '--lang', 'fr'], 'cli.bad_option'],
  ])('%s', async (_, args, code) => {
    const answer = await run(args());
    expect(answer).toMatchObject({ code: 2, json: { ok: false, error: { code } } });
    expect(answer.stderr).toContain(`[${code}]`);
  });
});

describe('what a newcomer sees', () => {
  it('is help where nothing is asked for, and of one command', async () => {
    const [bare, one] = await Promise.all([
      canbao([], { words: true }),
      canbao(['verify', '--help'], { words: true }),
    ]);
    expect(bare).toMatchObject({ code: 0, stderr: '' });
    expect(bare.stdout).toMatch(/^ {2}statements +what can be proven/m);
    expect(one).toMatchObject({ code: 0, stderr: '' });
    expect(one.stdout).toContain('--epochs <file>');
    expect(one.stdout).toContain('--json');
  });

  it('is every statement with its presets, in either language', async () => {
    const [zh, json] = await Promise.all([
      run(['statements', '--lang', 'zh'], { words: true }),
      run(['statements']),
    ]);
    for (const { statement, name, presets } of json.json.statements) {
      expect(zh.stdout).toContain(`${statement}  ${name.zh}`);
      for (const { preset, name: use } of presets) {
        expect(zh.stdout).toMatch(new RegExp(`^ {2}${preset} +${use.zh}`, 'm'));
      }
    }
  });
});
