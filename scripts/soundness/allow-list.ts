import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { AnsweredFinding, CheckResult, Finding } from './check.ts';
import type { Circuit } from './circuit/circuit.ts';

/** Wires that may move without harm, reviewed one by one, each with the reason. */
const entrySchema = z.strictObject({
  /** `coverage@1`, or `*`. */
  circuit: z.string(),
  /** Regular expression for the whole name of an inner wire, without `main.`. */
  wire: z.string(),
  reason: z.string().min(40),
});
export type AllowedWire = z.infer<typeof entrySchema>;

export const allowListFile = 'scripts/soundness/allow-list.json';

/** @throws ZodError */
export function readAllowList(): AllowedWire[] {
  const path = join(import.meta.dirname, 'allow-list.json');
  return z.array(entrySchema).parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** A wire found free, once. */
export interface WireFinding extends Finding {
  readonly wire: number;
}

/**
 * Splits findings into answered and surviving ones. An input or output that moves alone is never
 * answered: only an inner wire can be harmless.
 */
export function judgeWires(
  circuit: Circuit,
  findings: readonly WireFinding[],
  allowed: readonly AllowedWire[],
): Pick<CheckResult, 'answered' | 'survivors'> {
  const firstInner = 1 + circuit.outputCount + circuit.inputCount;
  const patterns = allowed
    .filter((entry) => entry.circuit === '*' || entry.circuit === circuit.name)
    .map((entry) => ({ entry, pattern: new RegExp(`^${entry.wire}$`) }));
  const answered = new Map<AllowedWire, number>();
  const survivors: Finding[] = [];
  for (const { wire, ...finding } of findings) {
    const match = patterns.find(({ pattern }) => pattern.test(circuit.wireNames[wire] ?? ''));
    if (match && wire >= firstInner) {
      answered.set(match.entry, (answered.get(match.entry) ?? 0) + 1);
    } else survivors.push(finding);
  }
  return { answered: [...answered].map(toAnswer), survivors };
}

function toAnswer([entry, times]: readonly [AllowedWire, number]): AnsweredFinding {
  return { where: entry.wire, times, reason: entry.reason };
}
