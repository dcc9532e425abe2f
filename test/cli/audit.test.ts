import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openStore } from '../../src/ledger/store/open-store.ts';
import { type CliOptions, canbao } from './canbao.ts';

/** `steady-employee` of `demo/people.json`. */
const person = '35021119910309542X';
const audience = 'https://tender.example';
const passphrase = { CANBAO_PASSPHRASE: 'correct horse battery' };

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-audit-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const run = (args: readonly string[], options?: CliOptions) =>
  canbao([...args, '--home', at('home')], options);
const check = (bundle: string, ...more: string[]) => run(['bundle', 'check', at(bundle), ...more]);

/** A month closed, corrected, disputed and audited: each test goes on where the one before ended. */
it('closes a month, and a holder checks the own bundle against it', async () => {
  await run(['import', 'demo/mappings/xiamen-persons.json', 'demo/xiamen/persons.csv']);
  await run(['import', 'demo/mappings/xiamen-contributions.json', 'demo/xiamen/contributions.csv']);
  await run(['wallet', 'new'], { env: passphrase });
  await run(['enrol', '--person', person, '--enrolment', at('home/wallet.enrolment.json')]);
  expect(await run(['epoch', 'close', '--month', '2026-10'])).toMatchObject({ code: 0 });
  await run(['bundle', '--person', person, '-o', at('first.json')]);
  await run(['epoch', 'export', '-o', at('first.epochs.json')]);
  const [chain, file] = [
    await check('first.json'),
    await check('first.json', '--epochs', at('first.epochs.json')),
  ];
  for (const answer of [chain, file]) {
    expect(answer).toMatchObject({ code: 0, json: { ok: true, standing: 'current' } });
    expect(answer.json.holding.months[0]).toMatchObject({ insurance: 'pension', paid: 92 });
  }
});

it('audits it, and keeps notes', async () => {
  const audit = await run(['audit', '--keep', at('notes.json')]);
  expect(audit).toMatchObject({
    code: 0,
    json: {
      ...{ ok: true, findings: [], unchecked: [], keep: at('notes.json') },
      epochs: [{ ok: true, month: '2026-10', revision: 0, state: 'final' }],
    },
  });
  const notes = await readFile(at('notes.json'), 'utf8');
  expect(notes).not.toContain(person);
});

it('a correction shows as a revised month: to the holder, and in a verdict', async () => {
  const ask = ['request', 'new', '--audience', audience, '--purpose', 'Tender 118'];
  await run([...ask, '--preset', 'insured-now', '-o', at('request.json')]);
  const own = ['--bundle', at('first.json'), '-y', '-o', at('proof.json')];
  const proven = await run(['prove', '--request', at('request.json'), ...own], { env: passphrase });
  expect(proven).toMatchObject({ code: 0 });
  // The bureau sends its file again, one person's last pension base another.
  const csv = await readFile('demo/xiamen/contributions.csv', 'latin1');
  const lines = csv.split('\r\n');
  const last = lines.findLastIndex(
    (line) => line.includes(person) && line.includes(',110,') && /,\d+\.\d\d,1$/.test(line),
  );
  lines[last] = (lines[last] ?? '').replace(
    /,(\d+)\.(\d\d),/,
    (_, yuan: string, fen: string) => `,${Number(yuan) + 1}.${fen},`,
  );
  await writeFile(at('corrected.csv'), lines.join('\r\n'), 'latin1');
  const imported = await run([
    ...['import', 'demo/mappings/xiamen-contributions.json', at('corrected.csv')],
  ]);
  expect(imported).toMatchObject({ code: 0, json: { imports: [{ batch: { corrected: 1 } }] } });
  const closed = await run(['epoch', 'close', '--month', '2026-10', '--revise']);
  expect(closed).toMatchObject({ code: 0, json: { epoch: { revision: 1, state: 'final' } } });

  const old = await check('first.json');
  expect(old).toMatchObject({ code: 1, json: { ok: false, standing: 'corrected' } });
  expect(old.json.text).toContain('revised less than a day ago');
  await run(['bundle', '--person', person, '-o', at('second.json')]);
  expect(await check('second.json')).toMatchObject({
    code: 0,
    json: { standing: 'current', published: { revision: 1 } },
  });

  const verify = ['verify', at('proof.json'), '--request', at('request.json')];
  const [strict, patient, words] = [
    await run(verify),
    await run([...verify, '--accept-corrected']),
    await run([...verify, '--accept-corrected', '--lang', 'zh'], { words: true }),
  ];
  expect(strict).toMatchObject({ code: 1, json: { valid: false, reason: 'corrected' } });
  expect(strict.json.correctedFor).toBeGreaterThanOrEqual(0);
  expect(patient).toMatchObject({ code: 0, json: { valid: true, reason: 'valid' } });
  expect(patient.json.correctedFor).toBeGreaterThanOrEqual(0);
  expect(words.stdout).toContain('依您的规则予以接受，但2026年10月的账本已于不到1天前');
});

it('an audit knows both revisions, the notes and the export of before', async () => {
  const before = ['--notes', at('notes.json'), '--compare', at('first.epochs.json')];
  const audit = await run(['audit', ...before]);
  expect(audit).toMatchObject({ code: 0, json: { ok: true, findings: [] } });
  expect(audit.json.epochs).toHaveLength(2);
  const one = await run(['audit', '--month', '2026-10', '--revision', '1']);
  expect(one).toMatchObject({ code: 0, json: { epochs: [{ revision: 1 }] } });
});

it('finds another root in somebody’s export, and says so', async () => {
  const epochs = JSON.parse(await readFile(at('first.epochs.json'), 'utf8'));
  epochs.epochs[0].root = '5';
  await writeFile(at('split.json'), JSON.stringify(epochs));
  const audit = await run(['audit', '--compare', at('split.json')]);
  expect(audit).toMatchObject({ code: 1, json: { ok: false } });
  expect(audit.json.findings).toContainEqual(
    expect.objectContaining({
      code: 'audit.split_view',
      facts: expect.objectContaining({ epoch: '2026-10', source: 'split.json', root: '5' }),
    }),
  );
});

it('finds what was changed in the ledger, in words', async () => {
  const store = await openStore({ folder: at('home/ledger') });
  await sql`update record set base_fen = base_fen + 1 where id = 1`.execute(store.db);
  await store.close();
  const audit = await run(['audit', '--lang', 'zh'], { words: true });
  expect(audit.code).toBe(1);
  expect(audit.stdout).toMatch(/✘ 2026-10 .*\n/);
  expect(audit.stdout).toMatch(/的记录与所承诺的叶子不符.*\[audit\.leaf_changed\]/);
  expect(audit.stdout).toContain('发现问题');
});

it.each<[string, () => string[], string]>([
  ['a revision of no month', () => ['audit', '--revision', '1'], 'cli.bad_usage'],
  ['a month that is not closed', () => ['audit', '--month', '2026-08'], 'ledger.unknown_epoch'],
  ['no notes', () => ['audit', '--notes', at('first.json')], 'audit.bad_notes'],
  ['no export', () => ['audit', '--compare', at('first.json')], 'epochs.malformed'],
  ['no registry', () => ['audit', '--compare', 'http://127.0.0.1:1#0x1'], 'cli.bad_option'],
  [
    'a node that is not there',
    () => ['audit', '--compare', 'http://127.0.0.1:1'],
    'chain.unreachable',
  ],
  ['no bundle', () => ['bundle', 'check', at('notes.json')], 'bundle.malformed'],
])('answers %s with a code', async (_, args, code) => {
  expect(await run(args())).toMatchObject({ code: 2, json: { ok: false, error: { code } } });
});
