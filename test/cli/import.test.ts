import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type CliRun, canbao } from './canbao.ts';

vi.setConfig({ testTimeout: 300_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-import-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const run = (args: readonly string[], words = false) =>
  canbao([...args, '--home', at('home')], { words });
const contributions = (city: string, file = `demo/${city}/contributions.csv`) => [
  ...['import', `demo/mappings/${city}-contributions.json`, file],
];

describe('importing', () => {
  it('is tried first, and leaves nothing but the report', async () => {
    const tried = await run([
      ...contributions('xiamen'),
      '--dry-run',
      '--report',
      at('refused.csv'),
    ]);
    expect(tried).toMatchObject({
      code: 0,
      json: { dryRun: true, imports: [{ batch: { rows: 10876, added: 10865, refused: 10 } }] },
    });
    expect((await readFile(at('refused.csv'), 'utf8')).split('\r\n')).toHaveLength(12);
    expect((await run(['refusals'])).json.imports).toEqual([]);
  });

  it('tells of earlier imports, and of what was refused', async () => {
    expect(await run(contributions('xiamen'))).toMatchObject({ code: 0, json: { dryRun: false } });
    const [batch] = (await run(['refusals'])).json.imports;
    expect(batch).toMatchObject({ fileName: 'contributions.csv', refused: 10 });
    const shown = await run(['refusals', String(batch.id), '--lang', 'zh'], true);
    expect(shown.stdout.trimEnd().split('\n')).toHaveLength(10);
    expect(shown.stdout).toContain('第1167行：AAC002：');
    expect(await run(['refusals', '77'])).toMatchObject({
      code: 2,
      json: { error: { code: 'ledger.unknown_batch' } },
    });
    expect(await run(['refusals', '--report', at('again.csv')])).toMatchObject({
      json: { refused: 10 },
    });
    expect(await readFile(at('again.csv'), 'utf8')).toBe(await readFile(at('refused.csv'), 'utf8'));
  });

  it('takes no export for its report, and says what it needs', async () => {
    const file = 'demo/xiamen/contributions.csv';
    expect(await run([...contributions('xiamen'), '--report', file])).toMatchObject({
      code: 2,
      json: { error: { code: 'cli.file_exists' } },
    });
    expect(await run(['import'])).toMatchObject({ json: { error: { code: 'cli.bad_usage' } } });
    expect(await run(['import', '--abandon'])).toMatchObject({
      json: { error: { code: 'ledger.no_unfinished_import' } },
    });
  });

  it('that was killed keeps other files out until it is given up', async () => {
    // Long enough for several steps.
    const text = await readFile('demo/fuzhou/contributions.csv', 'utf8');
    const [header = '', ...rows] = text.trimEnd().split('\n');
    const later = (shift: number) =>
      rows.map((row) =>
        row.replace(
          /20(\d\d)年/,
          (_, year) => `20${String(Number(year) - shift).padStart(2, '0')}年`,
        ),
      );
    const many = Array.from({ length: 40 }, (_, i) => later(i % 2)).flat();
    await writeFile(at('many.csv'), `${[header, ...many].join('\n')}\n`);
    const args = ['--import', 'tsx', 'src/cli/main.ts', ...contributions('fuzhou', at('many.csv'))];
    const killAfter = async (moment: number) => {
      const child = spawn(process.execPath, [...args, '--home', at('home')], { stdio: 'ignore' });
      const over = new Promise((resolve) => child.on('exit', (_, signal) => resolve(signal)));
      await new Promise((wake) => setTimeout(wake, moment));
      child.kill('SIGKILL');
      expect(await over, 'over before it could be killed').toBe('SIGKILL');
    };
    let other = { code: 0 } as CliRun;
    // Where the machine is busy, a moment may be too early.
    for (const moment of [3000, 5000, 8000]) {
      if (other.code !== 0) break;
      await killAfter(moment);
      other = await run([...contributions('fuzhou'), '--dry-run']);
    }
    expect(other).toMatchObject({ json: { error: { code: 'ledger.import_unfinished' } } });
    const given = await run(['import', '--abandon']);
    expect(given).toMatchObject({ code: 0, json: { abandoned: { fileName: 'many.csv' } } });
    expect(await run(contributions('fuzhou'))).toMatchObject({ code: 0 });
  });
});
