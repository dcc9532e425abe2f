import { readFileSync, writeFileSync } from 'node:fs';
import { BATCHES, type GasTable, measureGas } from '../test/support/contract-gas.ts';

/**
 * `npm run bench -- gas`: what the contracts' calls cost. Gas is exact: `--write` keeps it in
 * docs/gas.json, which a test holds the contracts to, and puts the tables into docs/contracts.md.
 */
const SNAPSHOT = 'docs/gas.json';
const DOCUMENT = 'docs/contracts.md';
const [BEGIN, END] = ['<!-- gas -->', '<!-- /gas -->'];

const thousand = (value: number) => Math.round(value).toLocaleString('en');
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

export function gasTables(table: GasTable): string {
  const isBatch = (name: string) => /^(check|consume)Batch |^admit /.test(name);
  const single = Object.entries(table)
    .filter(([name]) => !isBatch(name))
    .map(([name, gas]) =>
      row([
        `\`${name.replace(/,.*/, '')}\`${/,.*/.exec(name) ?? ''}`,
        thousand(gas.execution),
        thousand(gas.transaction),
      ]),
    );
  const each = (name: string, size: number) => {
    const gas = table[`${name} ${size}`];
    if (!gas) throw new Error(`${name} ${size} was not measured`);
    return `${thousand(gas.execution / size)} (${thousand(gas.transaction / size)})`;
  };
  const batches = ['checkBatch', 'consumeBatch', 'admit'].map((name) =>
    row([`\`${name}\``, ...BATCHES.map((size) => each(name, size))]),
  );
  return [
    '| call | execution | whole transaction |',
    '|---|---|---|',
    ...single,
    '',
    'Gas a proof, execution (whole transaction):',
    '',
    row(['call', ...BATCHES.map((size) => `${size} at once`)]),
    row(['---', ...BATCHES.map(() => '---')]),
    ...batches,
  ].join('\n');
}

export async function run(args: readonly string[]): Promise<GasTable> {
  const table = await measureGas();
  const tables = gasTables(table);
  if (args.includes('--write')) {
    writeFileSync(SNAPSHOT, `${JSON.stringify(table, null, 2)}\n`);
    const text = readFileSync(DOCUMENT, 'utf8');
    const [head, rest] = text.split(BEGIN);
    const tail = rest?.split(END)[1];
    if (head === undefined || tail === undefined)
      throw new Error(`${DOCUMENT} has no ${BEGIN} … ${END}`);
    writeFileSync(DOCUMENT, `${head}${BEGIN}\n${tables}\n${END}${tail}`);
  }
  if (!args.includes('--json')) console.log(tables);
  return table;
}
