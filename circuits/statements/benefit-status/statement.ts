import { defineStatement } from '../../../src/statements/define-statement.ts';

/** Receives a benefit in the month of the ledger, or does not. */
export const statement = defineStatement({
  slug: 'benefit-status',
  version: 1,
  subject: 'account',
  params: {
    identityBefore: 12,
    /** 0 pension, 1 unemployment, 2 either. */
    benefit: 2,
    /** 1: receives it; 0: does not. */
    isReceiving: 1,
  },
  ranges: { benefit: [0n, 2n] },
  privateInputs: {},

  toSignals() {
    return {};
  },

  check({ benefits }, asked, epochMonth) {
    const month = BigInt(epochMonth);
    const isPension = benefits.pensionSince !== 0n && benefits.pensionSince <= month;
    const isUnemployment = benefits.lastUnemploymentClaimEnd >= month;
    const isReceiving = [isPension, isUnemployment, isPension || isUnemployment][
      Number(asked.benefit)
    ];
    if (isReceiving === (asked.isReceiving === 1n)) return { satisfied: true };
    return {
      satisfied: false,
      reason: isReceiving ? 'receives' : 'does-not-receive',
      facts: { benefit: Number(asked.benefit), epochMonth },
    };
  },
});
