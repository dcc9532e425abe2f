import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../src/keys/paths.ts';
import { parseCanbao } from './canbao-program.ts';

const { scripts } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

/** npm's own, which need no script. */
const OF_NPM = new Set(['ci', 'install', 'pack']);
const FOLDERS_OF_TESTS = /^test(?::long)?$/;

/** @throws where `npm <words>` or `npx <words>` is not how something of ours is called */
export async function checkNpmCall(words: readonly string[]): Promise<void> {
  const [first = '', ...rest] = words.filter((word) => word !== '-s');
  if (OF_NPM.has(first)) return;
  if (first === 'tsx') return expectFile(rest[0] ?? '');
  const [name = '', ...given] = first === 'run' ? rest : [first, ...rest];
  const script = scripts[name];
  if (script === undefined) throw new Error(`there is no script ${name}`);
  if (given.length > 0 && given[0] !== '--') throw new Error(`npm keeps ${given[0]} to itself`);
  await checkScriptCall(name, script, given.slice(1));
}

async function checkScriptCall(name: string, script: string, args: readonly string[]) {
  const ofCanbao = /tsx src\/cli\/main\.ts ?(.*)$/.exec(script);
  if (ofCanbao) return parseCanbao([...(ofCanbao[1] ?? '').split(' ').filter(Boolean), ...args]);
  if (args.length === 0) return;
  if (FOLDERS_OF_TESTS.test(name)) return args.forEach(expectFile);
  const source = /tsx ((?:scripts|bench)\/[\w/-]+\.ts)/.exec(script)?.[1];
  if (!source) throw new Error(`who knows what ${name} takes`);
  const text = sourcesOf(source);
  for (const arg of args) {
    const word = /^--([\w-]+)/.exec(arg)?.[1];
    if (word !== undefined) {
      // `--quick` stands in it as such, or as a field of parseArgs.
      const isNamed = new RegExp(`--${word}\\b|\\b${word}: \\{|'${word}'`).test(text);
      if (!isNamed) throw new Error(`${source} knows no ${arg}`);
    } else if (source.startsWith('bench/')) expectFile(`bench/${arg}.ts`);
  }
}

/** A script, and what lies in a folder with it where it has one. */
function sourcesOf(source: string): string {
  const folder = dirname(source);
  const files = /\/main\.ts$/.test(source)
    ? readdirSync(join(packageRoot, folder)).filter((file) => file.endsWith('.ts'))
    : [source.slice(folder.length + 1)];
  return files.map((file) => readFileSync(join(packageRoot, folder, file), 'utf8')).join('\n');
}

function expectFile(path: string): void {
  if (!existsSync(join(packageRoot, path))) throw new Error(`there is no ${path}`);
}
