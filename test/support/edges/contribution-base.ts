import { toFen } from '../../../src/core/money.ts';
import { toMonthIndex } from '../../../src/core/month.ts';
import type { MonthEntry } from '../../../src/ledger/account.ts';
import { randomAccount } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

const MAX_FEN = 2 ** 32 - 1;

/** Months up to the epoch's, all paid for one insurance, sometimes with a hole or an early end. */
function monthsUpTo(random: Random, epochMonth: number, bit: number): MonthEntry[] {
  const count = random.int(0, 20);
  const base = random.pick([5_000_00, 60_000_00, MAX_FEN]);
  const flaw = random.int(0, 4);
  const at = random.int(0, Math.max(count - 1, 0));
  const end = epochMonth - (flaw === 1 ? 1 : 0);
  const months = Array.from({ length: count }, (_, i) => ({
    month: toMonthIndex(end - count + 1 + i),
    baseFen: toFen(random.int(0, base)),
    paidMask: flaw === 2 && i === at ? 31 ^ bit : bit | random.int(0, 31),
    lateMask: random.int(0, 31),
    category: random.int(0, 7),
    region: random.int(110_000, 829_999),
    employer: random.bits(89),
  }));
  return flaw === 3 ? months.filter((_, i) => i !== at) : months;
}

/** An account asked about one month less than its unbroken run, or a band that just holds its average. */
export function contributionBaseEdges(random: Random): Question[] {
  const epochMonth = random.int(1500, 1600);
  const insurance = random.int(0, 4);
  const record = {
    ...randomAccount(random),
    months: monthsUpTo(random, epochMonth, 1 << insurance),
  };
  const runLength = Math.min(Math.max(record.months.length, 1), 12);
  const question = (months: number, minBaseFen: bigint, maxBaseFen: bigint): Question => ({
    record,
    epochMonth,
    params: {
      identityBefore: 0n,
      months: BigInt(Math.min(Math.max(months, 1), 12)),
      insurance: BigInt(insurance),
      minBaseFen: clamp(minBaseFen),
      maxBaseFen: clamp(maxBaseFen),
    },
  });
  if (random.int(0, 2) === 0) {
    return [-1, 0, 1].map((step) => question(runLength + step, 0n, BigInt(MAX_FEN)));
  }
  const months = random.int(1, runLength);
  const total = record.months
    .slice(-months)
    .reduce((sum, { baseFen }) => sum + BigInt(baseFen), 0n);
  const average = total / BigInt(months);
  return random.int(0, 1) === 0
    ? [-1n, 0n, 1n].map((step) => question(months, average + step, BigInt(MAX_FEN)))
    : [-1n, 0n, 1n].map((step) => question(months, 0n, average + step));
}

function clamp(fen: bigint): bigint {
  if (fen < 0n) return 0n;
  return fen > BigInt(MAX_FEN) ? BigInt(MAX_FEN) : fen;
}
