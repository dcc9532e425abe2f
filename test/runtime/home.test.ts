import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Home, openHome } from '../../src/runtime/home.ts';

let folder: string;
let home: Home;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-home-'));
  home = openHome(folder);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a secret of the home folder', () => {
  it('is made once, whoever asks first, and for its owner alone', async () => {
    const asked = Array.from({ length: 50 }, () => openHome(folder).secret('one', 32));
    const secrets = (await Promise.all(asked)).map((secret) => Buffer.from(secret).toString('hex'));
    expect(new Set(secrets).size).toBe(1);
    expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
    expect((await stat(home.path('secrets', 'one'))).mode & 0o777).toBe(0o600);
    expect((await stat(home.path('secrets'))).mode & 0o777).toBe(0o700);
    expect(await readdir(home.path('secrets'))).toEqual(['one']);
  });

  it('differs by name, and keeps its length', async () => {
    const [one, two] = [await home.secret('one', 32), await home.secret('two', 16)];
    expect([one.length, two.length]).toEqual([32, 16]);
    expect(Buffer.from(one).includes(Buffer.from(two))).toBe(false);
  });

  it.each([
    ['empty', ''],
    ['too short', 'ab'.repeat(31)],
    ['not hex', 'zz'.repeat(32)],
  ])('is never made anew over a file that is %s', async (_, content) => {
    await home.secret('one', 32);
    await writeFile(home.path('secrets', 'one'), content);
    await expect(home.secret('one', 32)).rejects.toMatchObject({ code: 'cli.bad_file' });
  });
});
