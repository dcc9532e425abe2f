import type { Constraint } from '../../../src/groth16/r1cs.ts';
import {
  type ConstraintSystem,
  type ConstraintValues,
  constraintSystem,
  firstBroken,
  slope,
  type Touch,
} from '../circuit/constraint-system.ts';
import { inverse, mod } from '../circuit/field-arithmetic.ts';

/** A wire that can be changed alone without breaking a constraint. */
export interface FreeWire {
  readonly wire: number;
  /** `any` other value, or the one other value it may take. */
  readonly to: 'any' | bigint;
}

/** Finds the free wires of a witness. @throws Error where the witness itself breaks a constraint */
export type FreeWireSearch = (witness: readonly bigint[]) => FreeWire[];

/**
 * Decides for each wire, at a witness, which other values it may take alone: not for a sample of
 * values but for every element of the field.
 *
 * In `A · B = C` let the wire have the coefficients a, b, c. Moved by d ≠ 0, the constraint reads
 * `(A + ad)(B + bd) = C + cd`, that is `d · (aB + bA − c + abd) = 0`: where ab = 0 either every d
 * passes or none, else exactly d = −(aB + bA − c)/(ab). A wire is free where some d passes in every
 * constraint it occurs in.
 */
export function freeWireSearch(
  constraints: readonly Constraint[],
  wireCount: number,
): FreeWireSearch {
  const system = constraintSystem(constraints, wireCount);
  const candidates = candidatesOf(system);
  return (witness) => {
    const values = system.evaluate(witness);
    const broken = firstBroken(values);
    if (broken >= 0) throw new Error(`the witness breaks constraint ${broken}`);
    const free: FreeWire[] = [];
    for (const { wire, linear, quadratic } of candidates) {
      if (linear.some((touch) => slope(touch, values) !== 0n)) continue;
      const to = quadraticEscape(quadratic, values, witness[wire] ?? 0n);
      if (to !== undefined) free.push({ wire, to });
    }
    return free;
  };
}

interface Candidate {
  readonly wire: number;
  /** Constraints in which the wire stands on one side of the product only, ab = 0. */
  readonly linear: readonly Touch[];
  readonly quadratic: readonly Touch[];
}

/** Every wire but those that some constraint holds by C alone, `AB = … + c·w`: no witness frees them. */
function candidatesOf(system: ConstraintSystem): Candidate[] {
  const candidates: Candidate[] = [];
  for (const [wire, touches] of system.touches.entries()) {
    if (wire === 0) continue;
    if (touches.some(({ a, b, c }) => a === 0n && b === 0n && c !== 0n)) continue;
    const isLinear = ({ a, b }: Touch) => a === 0n || b === 0n;
    candidates.push({
      wire,
      linear: touches.filter(isLinear),
      quadratic: touches.filter((touch) => !isLinear(touch)),
    });
  }
  return candidates;
}

/** The value that passes every quadratic touch, `any` without one, undefined where none passes. */
function quadraticEscape(
  touches: readonly Touch[],
  values: ConstraintValues,
  value: bigint,
): 'any' | bigint | undefined {
  const [first, ...others] = touches;
  if (first === undefined) return 'any';
  const step = mod(-slope(first, values) * inverse(first.a * first.b));
  const passes = (touch: Touch) => mod(slope(touch, values) + touch.a * touch.b * step) === 0n;
  return step !== 0n && others.every(passes) ? mod(value + step) : undefined;
}
