import type { Fr } from '../../../src/core/field.ts';
import type { Signals, SignalValue } from '../../../src/statements/define-statement.ts';

/** One field element among a circuit's inputs. */
export interface Element {
  /** `siblings[3][1]`, or `scope`. */
  readonly name: string;
  /** The last index, 0 for a scalar. */
  readonly index: number;
  readonly isScalar: boolean;
  readonly value: Fr;
  /** The inputs with this element replaced. */
  put(value: Fr): Signals;
}

/** Every element of every input. */
export function elementsOf(inputs: Signals): Element[] {
  return Object.entries(inputs).flatMap(([input, whole]) =>
    leaves(whole).map(({ path, value }) => ({
      name: `${input}${path.map((at) => `[${at}]`).join('')}`,
      index: path.at(-1) ?? 0,
      isScalar: path.length === 0,
      value,
      put: (changed) => ({ ...inputs, [input]: replaced(whole, path, changed) }),
    })),
  );
}

function leaves(value: SignalValue): { path: number[]; value: Fr }[] {
  if (typeof value === 'bigint') return [{ path: [], value }];
  return (value as readonly SignalValue[]).flatMap((item, at) =>
    leaves(item).map((leaf) => ({ path: [at, ...leaf.path], value: leaf.value })),
  );
}

function replaced(whole: SignalValue, path: readonly number[], value: Fr): SignalValue {
  const [at, ...rest] = path;
  if (at === undefined) return value;
  return (whole as readonly SignalValue[]).map((item, i) =>
    i === at ? replaced(item, rest, value) : item,
  );
}
