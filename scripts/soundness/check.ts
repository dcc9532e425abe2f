import type { Statement } from '../../src/statements/define-statement.ts';
import type { Circuit } from './circuit/circuit.ts';
import type { HonestCase } from './honest/honest-case.ts';

/** Something that got through where nothing should. */
export interface Finding {
  /** A wire, an input, a param, or a file and line. */
  readonly where: string;
  /** What was done, and that it was accepted. */
  readonly what: string;
  /** The honest case it was found at: seed and name reproduce it. */
  readonly at?: string;
}

/** A finding that a reviewed list answers. */
export interface AnsweredFinding {
  readonly where: string;
  /** How often it was met. */
  readonly times: number;
  readonly reason: string;
}

/** What one check found in one statement, or in all circuits together. */
export interface CheckResult {
  readonly check: string;
  /** `coverage@1`, or `all`. */
  readonly statement: string;
  /** How many things were tried: what they are, the check's `unit` says. */
  readonly tried: number;
  /** Further figures by name. */
  readonly figures: Readonly<Record<string, number>>;
  readonly answered: readonly AnsweredFinding[];
  /** Empty where the check passes. */
  readonly survivors: readonly Finding[];
}

/** Everything checks share about a statement; made once, on demand. */
export interface StatementUnderTest {
  readonly statement: Statement;
  readonly circuit: Circuit;
  /** Honest cases, the most telling first. */
  readonly cases: readonly HonestCase[];
}

export interface CheckContext {
  readonly seed: string;
  /** A sample that takes seconds, not the figures that are reported. */
  readonly isQuick: boolean;
  /** Names of the statements to check, in the registry's order. */
  readonly statements: readonly string[];
  /** Of planted bugs and defences, those whose name contains it. */
  readonly bug: string;
  open(statement: string): Promise<StatementUnderTest>;
  /** Tells a person how far it is: `share` from 0 to 1. */
  progress(what: string, share: number): void;
}

/** One kind of attack on the circuits. */
export interface Check {
  /** As `--only` names it. */
  readonly name: string;
  /** One sentence for the report: what is tried and what must hold. */
  readonly claim: string;
  /** What `tried` counts. */
  readonly unit: string;
  /** Places its reviewed lists answer for: each must answer something in a full run. */
  answers?(): readonly string[];
  /** Results as they come: one a statement, or one. */
  run(context: CheckContext): AsyncIterable<CheckResult>;
}
