import { describe, expect, it } from 'vitest';
import { commandNames, parseCanbao, unknownWords } from './canbao-program.ts';
import { documents, inlineCode, readDocument } from './documents.ts';
import { checkNpmCall } from './npm-call.ts';
import { shellCalls } from './shell-calls.ts';

/** What is wrong with a piece of shell: calls of ours that ours would refuse. */
async function faultsOf(code: string): Promise<string[]> {
  const faults: string[] = [];
  for (const [program, ...words] of await shellCalls(code)) {
    const check = program === 'canbao' ? parseCanbao : checkNpmCall;
    await check(words).catch(({ message }: Error) => {
      faults.push(`${program} ${words.join(' ')}: ${message}`);
    });
  }
  return faults;
}

describe('commands in blocks', () => {
  const pages = documents.flatMap(({ path, blocks }) => {
    const shell = blocks.filter(({ language }) => language === 'sh');
    return shell.length > 0 ? [{ path, shell }] : [];
  });

  it.each(pages)('of $path are how the program is called', async ({ shell }) => {
    const faults = await Promise.all(shell.map(({ code }) => faultsOf(code)));
    expect(faults.flat()).toEqual([]);
  });

  it('are marked as shell wherever they stand', () => {
    const unmarked = documents.flatMap(({ path, blocks }) =>
      blocks
        .filter(({ language, code }) => language !== 'sh' && /^(canbao|npm|npx) /m.test(code))
        .map(({ code }) => `${path}: ${code}`),
    );
    expect(unmarked).toEqual([]);
  });

  it('are read as bash reads them', async () => {
    const code = `export CANBAO=x
      A=1 canbao epoch close \\
        --month 2026-10   # a month
      npm ci && npm run demo > demo.txt
      canbao verifier add --name "A bank" --audience $CANBAO ''`;
    expect(await shellCalls(code)).toEqual([
      ['canbao', 'epoch', 'close', '--month', '2026-10'],
      ['npm', 'ci'],
      ['npm', 'run', 'demo'],
      ['canbao', 'verifier', 'add', '--name', 'A bank', '--audience', 'x', ''],
    ]);
    await expect(shellCalls('canbao "')).rejects.toThrow();
  });

  it.each([
    'canbao nonsense',
    'canbao epoch nonsense',
    'canbao epoch close',
    'canbao epoch close --month 2026-10 --nonsense',
    'canbao serve --role nobody',
    'canbao wallet',
    'npm run nonsense',
    'npm run soundness -- --nonsense',
    'npm run bench -- nonsense',
    'npm run demo --lang zh',
    'npm run -s canbao -- statements nonsense',
    'npm run test:long -- test/nonsense',
    'npx tsx scripts/nonsense.ts',
  ])('%s would be noticed', async (call) => {
    expect(await faultsOf(call)).toHaveLength(1);
  });
});

describe('commands in sentences', () => {
  it.each(documents)('of $path name what there is', async (page) => {
    const faults: string[] = [];
    for (const code of inlineCode(page)) {
      const [program = '', ...words] = code.split(/\s+/);
      if (program === 'npm' || program === 'npx') {
        if (!/[<…]/.test(code)) faults.push(...(await faultsOf(code)));
      } else if (program === 'canbao' && /^[a-z]/.test(words[0] ?? '')) {
        // A seed is no command.
        if (page.prose.includes(`Seed \`${code}\``)) continue;
        faults.push(...(await unknownWords(words)));
      } else if (commandNames.has(program) && words.some((word) => word.startsWith('--'))) {
        faults.push(...(await unknownWords([program, ...words])));
      }
    }
    expect(faults).toEqual([]);
  });

  it('of the README’s table are commands and their options', async () => {
    const rows = [...readDocument('README.md').text.matchAll(/^\| [a-z]+ \| (`.*`.*) \|$/gm)];
    let seen = 0;
    const faults: string[] = [];
    for (const [, cell = ''] of rows) {
      let call: string[] = [];
      for (const code of inlineCode({ prose: cell })) {
        const words = code.replace(/[[\]]/g, '').split(/\s+/);
        if (!commandNames.has(words[0] ?? '') && !code.startsWith('-')) continue;
        call = code.startsWith('-') ? [...call, ...words] : words;
        faults.push(...(await unknownWords(call)));
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(25);
    expect(faults).toEqual([]);
  });
});
