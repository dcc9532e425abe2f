import { toFr } from '../../../src/core/field.ts';
import type { WordLayout } from '../../../src/core/packed-word.ts';
import type { Signals, Statement } from '../../../src/statements/define-statement.ts';
import type { Params } from '../../../src/statements/statement-text.ts';
import type { HonestCase } from '../honest/honest-case.ts';
import { isAskable } from '../honest/question.ts';
import { numberProbes } from './number-probes.ts';

/** Other params at an honest case. */
export interface ParamsProbe {
  /** `minMonths = 1023` */
  readonly what: string;
  /** The threshold changed. */
  readonly field: string;
  readonly params: Params;
  /** The private inputs kept, and those an honest prover would take for these params, if they can be asked. */
  readonly inputs: readonly Signals[];
}

/** Every threshold at telling values of its whole width, out of its range too; packed without a check. */
export function paramsProbes(statement: Statement, honest: HonestCase): ParamsProbe[] {
  return Object.entries(statement.params).flatMap(([field, bits]) => {
    const value = honest.params[field] ?? 0n;
    const [min, max] = statement.ranges?.[field] ?? [0n, 0n];
    const top = (1n << BigInt(bits)) - 1n;
    const edges = [min - 1n, min, max, max + 1n].filter((edge) => edge >= 0n && edge <= top);
    return [...new Set([...numberProbes(value, top), ...edges])].map((probe) => {
      const params = { ...honest.params, [field]: probe };
      const word = toFr(packedUnchecked(statement.params, params));
      const kept = { ...honest.inputs, params: word };
      // The prover's side computes inputs for what can be asked, and for nothing else.
      const own = isAskable(statement, params) ? [{ ...kept, ...honest.own(params) }] : [];
      return { what: `${field} = ${probe}`, field, params, inputs: [kept, ...own] };
    });
  });
}

function packedUnchecked(layout: WordLayout, params: Params): bigint {
  let [word, shift] = [0n, 0n];
  for (const [field, bits] of Object.entries(layout)) {
    word += (params[field] ?? 0n) << shift;
    shift += BigInt(bits);
  }
  return word;
}
