import { describe, expect, it } from 'vitest';
import { FIELD_ORDER, toFr } from '../../src/core/field.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import {
  countMonths,
  LEDGER_END,
  LEDGER_START,
  monthSetWords,
} from '../../src/ledger/month-set.ts';
import { libCircuit, output } from '../support/lib-circuit.ts';
import { seededRandom } from '../support/random.ts';

describe('LedgerMonth', () => {
  it('splits every month of the ledger, and none outside', async () => {
    const circuit = await libCircuit('months/ledger-month.circom', 'LedgerMonth()');
    for (let month = LEDGER_START as number; month <= LEDGER_END + 1; month++) {
      const witness = circuit.program.calculate({ month: toFr(BigInt(month)) });
      const year = Math.floor((month - LEDGER_START) / 12);
      expect(output(circuit, witness, `isYear[${year}]`)).toBe(1n);
      expect(output(circuit, witness, `isMonth[${(month - LEDGER_START) % 12}]`)).toBe(1n);
    }
    for (const month of [0n, 1079n, 1860n, 4095n, FIELD_ORDER - 1n]) {
      expect(() => circuit.program.calculate({ month: toFr(month) })).toThrow(/refuses/);
    }
  }, 60_000);
});

describe('YearWords', () => {
  it('splits the words of a set into years, and refuses a word of 193 bits', async () => {
    const circuit = await libCircuit('months/year-words.circom', 'YearWords()');
    const random = seededRandom('year words');
    for (let i = 0; i < 50; i++) {
      const set = random.bits(768);
      const witness = circuit.program.calculate({ words: monthSetWords(set) });
      for (let y = 0; y < 64; y++) {
        const word = (set >> BigInt(12 * y)) & 0xfffn;
        expect(output(circuit, witness, `yearWord[${y}]`)).toBe(word);
        const ones = word.toString(2).replaceAll('0', '').length;
        expect(output(circuit, witness, `yearMonths[${y}]`)).toBe(BigInt(ones));
      }
    }
    const wide = [toFr(1n << 192n), toFr(0n), toFr(0n), toFr(0n)];
    expect(() => circuit.program.calculate({ words: wide })).toThrow(/refuses/);
  }, 60_000);
});

describe('MonthsInWindow', () => {
  it('counts as countMonths does: 400 random sets and windows, and the edges', async () => {
    const circuit = await libCircuit('months/months-in-window.circom', 'MonthsInWindow()');
    const random = seededRandom('months in window');
    const flags = (month: number, prefix: string) => {
      const offset = month - LEDGER_START;
      const oneHot = (size: number, at: number) =>
        Array.from({ length: size }, (_, i) => toFr(i === at ? 1n : 0n));
      return {
        [`${prefix}IsYear`]: oneHot(65, Math.floor(offset / 12)),
        [`${prefix}IsMonth`]: oneHot(12, offset % 12),
      };
    };
    // The same split as YearWords makes, from the set itself.
    const yearsOf = (set: bigint) => {
      const words = Array.from({ length: 64 }, (_, y) => (set >> BigInt(12 * y)) & 0xfffn);
      const ones = (word: bigint) => word.toString(2).replaceAll('0', '').length;
      return {
        yearWord: words.map((word) => toFr(word)),
        yearMonths: words.map((word) => toFr(BigInt(ones(word)))),
      };
    };
    const edges: [number, number][] = [
      [LEDGER_START, LEDGER_END],
      [LEDGER_START, LEDGER_START],
      [LEDGER_END, LEDGER_END],
    ];
    for (let i = 0; i < 400; i++) {
      const set = i % 5 === 0 ? (1n << 768n) - 1n : random.bits(768);
      const from = random.int(LEDGER_START, LEDGER_END);
      const [start, end] = edges[i] ?? [from, random.int(from, LEDGER_END)];
      const witness = circuit.program.calculate({
        ...yearsOf(set),
        ...flags(start, 'start'),
        ...flags(end + 1, 'end'),
      });
      expect(output(circuit, witness, 'months')).toBe(
        BigInt(countMonths(set, toMonthIndex(start), toMonthIndex(end))),
      );
    }
  }, 60_000);
});
