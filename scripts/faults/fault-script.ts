import { applies, type Fault, lies } from '../../test/support/fault-proxy.ts';
import type { Random } from '../../test/support/random.ts';

/** A fault, and when it strikes. */
export interface FaultPlan {
  readonly fault: Fault;
  /** The first request it is injected into, of those it applies to. */
  readonly start: number;
  /** Requests in a row. */
  readonly length: number;
  readonly confirmations: number;
}

/** Of what is done one transaction is sent, and one receipt asked for. */
const ONCE: readonly Fault[] = ['swallowed', 'no-receipt', 'stale-receipt'];

export function drawPlan(fault: Fault, random: Random): FaultPlan {
  const isLie = fault in lies;
  return {
    fault,
    start: ONCE.includes(fault) ? 0 : random.int(0, isLie ? 2 : 12),
    length: random.int(1, 5),
    // The number of the head is asked for only where a root must be deep.
    confirmations: random.int(fault === 'stale-block' ? 2 : 1, 3),
  };
}

/** Injects a plan's fault into the requests it names. */
export function faultScript({ fault, start, length }: FaultPlan) {
  let seen = 0;
  let injected = 0;
  let isOn = false;
  return {
    /** From then on requests are counted. */
    begin: () => {
      isOn = true;
    },
    end: () => {
      isOn = false;
    },
    injected: () => injected,
    isMet: () => injected > 0,
    decide(methods: readonly string[]): Fault | undefined {
      if (!isOn || !applies(fault, methods)) return undefined;
      const at = seen++;
      if (at < start || at >= start + length) return undefined;
      injected++;
      return fault;
    },
  };
}
