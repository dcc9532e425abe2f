import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import {
  canbaoClient,
  type FoundRequest,
  holderSession,
  openRequest,
  type PresentationFile,
  prove,
  respond,
} from '../../src/sdk/index.ts';
import { openSocketService, type SocketService } from '../sdk/over-socket.ts';
import { ORIGIN } from '../service/service.ts';
import { noPython, python } from '../support/python.ts';

const BANK = 'examples/bank.ts';
const { CANBAO_KEY: _, ...withoutKey } = process.env;
const prover = wasmProver();
let canbao: SocketService;

beforeAll(async () => {
  canbao = await openSocketService();
});
afterAll(async () => {
  await prover.close();
  await canbao[Symbol.asyncDispose]();
});

const connection = () => ({ url: ORIGIN, fetch: canbao.fetch });

/** A person of the sample proves what is asked. */
async function answerAs(role: string, { request }: FoundRequest): Promise<PresentationFile> {
  const { keys: holderKeys } = canbao.holder(role);
  const session = await holderSession({ ...connection(), keys: holderKeys });
  const { opening } = await session.fetchBundle();
  const artifacts = async (name: string) => (await canbao.service.keys.get(name)).artifacts;
  return prove({ request, opening, holderKeys, artifacts, prover });
}

test('the bank needs 30 lines of code', async () => {
  const code = (await readFile(join(packageRoot, BANK), 'utf8'))
    .replace(/^\/\*\*.*?\*\/$/ms, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  expect(code.length).toBeLessThanOrEqual(30);
});

test('the bank asks, waits, and decides', async () => {
  const bank = spawn(process.execPath, ['--conditions=canbao-source', '--import', 'tsx', BANK], {
    cwd: packageRoot,
    env: { ...withoutKey, CANBAO_URL: canbao.url },
  });
  const ended = new Promise((resolve) => bank.on('close', resolve));
  let said = '';
  const link = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk;
      const found = /openid4vp:\S+/.exec(said);
      if (found) resolve(found[0]);
    };
    bank.stdout.on('data', hear);
    bank.stderr.on('data', hear);
    bank.on('close', () => reject(new Error(said)));
  });
  const found = await openRequest(link, connection());
  const presentation = await answerAs('steady-employee', found);
  expect(await respond(found, presentation, connection())).toMatchObject({ verified: true });
  expect(await ended, said).toBe(0);
  expect(said).toContain('Valid: the record as of 2026-10 satisfies the request.');
  expect(said).toContain('Development keys');
});

describe('docs/service.md', async () => {
  const text = await readFile(join(packageRoot, 'docs', 'service.md'), 'utf8');
  const commands = [...text.matchAll(/^```sh\n(curl .*?)^```$/gms)].map(([, code]) => `${code}`);

  test.each(commands)('%s', async (command) => {
    const asked = await canbaoClient(connection()).createRequest({
      preset: 'pension-claim',
      purpose: 'pension 2026',
    });
    const env = { ...process.env, CANBAO: canbao.url, ID: asked.id, TOKEN: asked.token };
    const shell = spawn('sh', ['-c', command], { env });
    let said = '';
    for (const stream of [shell.stdout, shell.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said += chunk;
      });
    }
    expect(await new Promise((resolve) => shell.on('close', resolve)), said).toBe(0);
  });

  test('names only routes that exist', async () => {
    const { paths } = (await (await canbao.fetch(`${ORIGIN}/openapi.json`)).json()) as {
      paths: Record<string, unknown>;
    };
    const routes = Object.keys(paths).map((path) => path.replace(/\{\w+\}/g, '[^/?"\\s`]+'));
    const named = [...text.matchAll(/\/v1\/[\w/{}$-]+/g)].map(([path]) => path);
    expect(named.length).toBeGreaterThan(10);
    const unknown = named.filter(
      (path) => !routes.some((route) => new RegExp(`^${route}$`).test(path)),
    );
    expect(unknown).toEqual([]);
  });
});

describe.skipIf(noPython)(`client.py${noPython ? `: ${noPython}` : ''}`, () => {
  let folder: string;
  let files: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canbao-client-'));
    const client = canbaoClient(connection());
    const question = { preset: 'pension-claim', purpose: 'pension 2026' };
    const [asked, other] = [
      await client.createRequest(question),
      await client.createRequest(question),
    ];
    const found = await openRequest(asked.link, connection());
    const contents = {
      presentation: await answerAs('pension-ready', found),
      request: asked.request,
      other: other.request,
      none: {},
    };
    files = Object.keys(contents).map((name) => join(folder, `${name}.json`));
    for (const [i, content] of Object.values(contents).entries()) {
      await writeFile(`${files[i]}`, JSON.stringify(content));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = (...which: number[]) =>
    python('client.py', canbao.url, ...which.map((i) => `${files[i]}`));

  test('a presentation is verified against the own copy of the request', async () => {
    expect(await run(0, 1)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Valid: /) });
    expect(await run(0, 2)).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('another request'),
    });
    expect((await run(0)).stdout).toContain('Nobody checked whom it was made for.');
  });

  test('what is no presentation is refused with its code', async () => {
    const { code, stderr } = await run(3, 1);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringContaining('presentation.malformed'),
    });
  });
});
