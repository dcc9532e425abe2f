import { FIELD_ORDER, toFr } from '../../../src/core/field.ts';
import { loadCircuit } from '../circuit/circuit.ts';
import { compileSource, libraries } from '../circuit/compile.ts';
import { accepts } from '../domain/accepts.ts';

const BITS = 12;
const LIMIT = 2n ** BigInt(BITS);
const INSIDE = [0n, 1n, 2n, LIMIT / 2n, LIMIT - 2n, LIMIT - 1n];
const OUTSIDE = [-1n, -2n, LIMIT, LIMIT + 1n, FIELD_ORDER - LIMIT, (FIELD_ORDER - 1n) / 2n];

/** The comparators every statement goes through, and what they must say of numbers in range. */
const comparators: Readonly<
  Record<string, (a: bigint, b: bigint) => bigint | 'refused' | 'accepted'>
> = {
  IsAtLeast: (a, b) => (a >= b ? 1n : 0n),
  AssertAtLeast: (a, b) => (a >= b ? 'accepted' : 'refused'),
  Maximum: (a, b) => (a > b ? a : b),
  Minimum: (a, b) => (a < b ? a : b),
};

const fileOf = (template: string) =>
  `compare/${template.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase()}.circom`;

/**
 * Asks the comparators themselves: right for every pair in range, refusing whatever lies outside.
 * In a statement a missing range check may be made up for by whatever feeds the comparator.
 * @returns what is wrong, empty if nothing is
 */
export async function probeComparators(folders: readonly string[] = libraries): Promise<string[]> {
  const wrong: string[] = [];
  for (const [template, expected] of Object.entries(comparators)) {
    const source = `pragma circom 2.2.0;\ninclude "${fileOf(template)}";\ncomponent main = ${template}(${BITS});\n`;
    const { program } = await loadCircuit(template, await compileSource(source, folders));
    const said = (a: bigint, b: bigint): bigint | 'refused' | 'accepted' => {
      const inputs = { a: element(a), b: element(b) };
      if (!accepts(program, inputs)) return 'refused';
      return template === 'AssertAtLeast' ? 'accepted' : (program.calculate(inputs)[1] ?? 0n);
    };
    for (const a of INSIDE) {
      for (const b of INSIDE) {
        if (said(a, b) !== expected(a, b)) wrong.push(`${template}(${a}, ${b}) is ${said(a, b)}`);
      }
    }
    for (const outside of OUTSIDE) {
      for (const inside of [...INSIDE, outside]) {
        for (const [a, b] of [
          [outside, inside],
          [inside, outside],
        ] as const) {
          if (said(a, b) !== 'refused') wrong.push(`${template}(${a}, ${b}) is ${said(a, b)}`);
        }
      }
    }
  }
  return wrong;
}

function element(value: bigint) {
  return toFr(((value % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER);
}
