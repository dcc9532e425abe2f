import { layoutBits, type WordLayout } from '../../src/core/packed-word.ts';
import { tags } from '../../src/core/tags.ts';
import { benefitsLayout, monthWordLayout, profileLayout } from '../../src/ledger/account.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { mainCircuit } from './main-circuit.ts';
import { generatedHeader, pascalCase } from './names.ts';

/** Generated circom, by path below the repository. */
export function generateCircom(
  root: string,
  statements: readonly Statement[],
): Map<string, string> {
  const files = new Map<string, string>();
  files.set('circuits/generated/tags.circom', tagsFile());
  const layouts = {
    profile: profileLayout,
    benefits: benefitsLayout,
    'month-word': monthWordLayout,
  };
  for (const [name, layout] of Object.entries(layouts)) {
    files.set(`circuits/generated/unpack-${name}.circom`, unpackFile(pascalCase(name), layout));
  }
  for (const statement of statements) {
    const name = `${pascalCase(statement.slug)}Params`;
    files.set(
      `circuits/generated/unpack-${statement.slug}-params.circom`,
      unpackFile(name, statement.params),
    );
    files.set(`circuits/generated/main/${statement.name}.circom`, mainCircuit(root, statement));
  }
  return files;
}

function tagsFile(): string {
  const functions = Object.entries(tags).map(
    ([name, value]) => `function ${name}() {\n    return ${value};\n}\n`,
  );
  return `${generatedHeader('//')}pragma circom 2.2.0;

// Domain tags: the first input of the hashes that a leaf or a proof depends on. From src/core/tags.ts.

${functions.join('\n')}`;
}

/** Splits a packed word into the fields of a layout; each is range-checked by the bits it is made of. */
function unpackFile(name: string, layout: WordLayout): string {
  const bits = layoutBits(layout);
  const width = Math.max(...Object.keys(layout).map((field) => field.length));
  const docs = Object.entries(layout).map(
    ([field, size]) => `// @output ${field.padEnd(width)}  ${size} bits`,
  );
  const outputs = Object.keys(layout).map((field) => `    signal output ${field};`);
  let at = 0;
  const sums = Object.entries(layout).map(([field, size]) => {
    const from = at;
    at += size;
    if (size === 1) return `    ${field} <== bits[${from}];`;
    return `    var ${field}Sum = 0;
    for (var i = 0; i < ${size}; i++) {
        ${field}Sum += bits[${from} + i] * (1 << i);
    }
    ${field} <== ${field}Sum;`;
  });
  return `${generatedHeader('//')}pragma circom 2.2.0;

include "bitify.circom";

// The fields of a packed word of ${bits} bits, least significant first.
//
// @input word ${' '.repeat(Math.max(width - 4, 0))}  constrained here to ${bits} bits
${docs.join('\n')}
template Unpack${name}() {
    signal input word;
${outputs.join('\n')}

    signal bits[${bits}] <== Num2Bits(${bits})(word);
${sums.join('\n')}
}
`;
}
