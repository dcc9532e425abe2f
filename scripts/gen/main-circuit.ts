import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Statement } from '../../src/statements/define-statement.ts';
import { generatedHeader, pascalCase } from './names.ts';

/** A signal as circom declares it: `paid[4]` is `{ name: 'paid', dimensions: '[4]' }`. */
interface Signal {
  readonly name: string;
  readonly dimensions: string;
}

const PUBLIC = ['epochRoot', 'scope', 'requestHash', 'params'];

function declared(source: string, kind: 'input' | 'output'): Signal[] {
  return [...source.matchAll(new RegExp(`^\\s+signal ${kind} (\\w+)((?:\\[\\d+\\])*);`, 'gm'))].map(
    ([, name = '', dimensions = '']) => ({ name, dimensions }),
  );
}

/**
 * The main of a statement: the account opening, the params unpacked, and the statement's rule, wired
 * by name. A rule's input is a param, a part of the opened account, or one of its private inputs.
 */
export function mainCircuit(root: string, statement: Statement): string {
  const read = (path: string) => readFileSync(resolve(root, 'circuits', path), 'utf8');
  const opening = read(`lib/holder/${statement.subject}-opening.circom`);
  const openingInputs = declared(opening, 'input');
  const openingOutputs = declared(opening, 'output');
  const ruleInputs = declared(read(`statements/${statement.slug}/circuit.circom`), 'input');
  const params = Object.keys(statement.params);
  const own = Object.entries(statement.privateInputs).map(([name, sizes]) => ({
    name,
    dimensions: sizes.map((size) => `[${size}]`).join(''),
  }));
  assertDistinct(statement, [
    ...openingInputs.filter(({ name }) => name !== 'identityBefore'),
    ...openingOutputs,
    ...own,
    ...params.map((name) => ({ name, dimensions: '' })),
  ]);

  const held = openingInputs.filter(
    ({ name }) => name !== 'identityBefore' && !PUBLIC.includes(name),
  );
  const sourceOf = ({ name }: Signal): string => {
    if (params.includes(name)) return `asked.${name}`;
    if (openingOutputs.some((output) => output.name === name)) return `opening.${name}`;
    if (held.some((input) => input.name === name) || own.some((input) => input.name === name)) {
      return name;
    }
    throw new Error(`${statement.slug}: nothing feeds the rule's input ${name}`);
  };
  const unused = own.filter(({ name }) => !ruleInputs.some((input) => input.name === name));
  if (unused.length > 0) throw new Error(`${statement.slug}: the rule takes no ${unused[0]?.name}`);

  const template = pascalCase(statement.slug);
  const declare = (signals: readonly Signal[]) =>
    signals.map(({ name, dimensions }) => `    signal input ${name}${dimensions};`).join('\n');
  const wire = (
    component: string,
    signals: readonly Signal[],
    source: (signal: Signal) => string,
  ) => signals.map((signal) => `    ${component}.${signal.name} <== ${source(signal)};`).join('\n');

  return `${generatedHeader('//')}pragma circom 2.2.0;

include "holder/${statement.subject}-opening.circom";
include "unpack-${statement.slug}-params.circom";
include "../../statements/${statement.slug}/circuit.circom";

// ${statement.name}: the holder's ${statement.subject} under the epoch root, this request signed with its key, its
// nullifier, and the rule ${template}Rule over the ${statement.subject} and the params.
template ${template}() {
    signal output nullifier;

${PUBLIC.map((name) => `    signal input ${name};`).join('\n')}

${declare(held)}

${declare(own)}

    component asked = Unpack${template}Params();
    asked.word <== params;

    component opening = ${pascalCase(statement.subject)}Opening();
${wire('opening', openingInputs, ({ name }) => (name === 'identityBefore' ? `asked.${name}` : name))}
    nullifier <== opening.nullifier;

    component rule = ${template}Rule();
${wire('rule', ruleInputs, sourceOf)}
}

component main {public [${PUBLIC.join(', ')}]} = ${template}();
`;
}

function assertDistinct(statement: Statement, signals: readonly Signal[]): void {
  const seen = new Set<string>();
  for (const { name } of signals) {
    if (seen.has(name)) throw new Error(`${statement.slug}: two signals are called ${name}`);
    seen.add(name);
  }
}
