/** What a check of faults found. */
export interface FaultResult {
  /** What was done, by name. */
  readonly figures: Readonly<Record<string, number>>;
  /** What should not have happened: empty where the check passes. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly round: number;
  /** What was done in the round. */
  readonly what: string;
  readonly found: string;
}

/** Tells a person how far it is. @param share 0 to 1 */
export type Report = (what: string, share: number) => void;

/** Rounds of one kind of fault, each ended by the invariant: ledger and chain agree. */
export interface FaultCheck {
  /** As `--only` names it. */
  readonly name: string;
  /** One sentence for the report: what is done and what must hold. */
  readonly claim: string;
  /** Of a full run. */
  readonly rounds: number;
  readonly quickRounds: number;
  /** Why it cannot run here; undefined where it can. */
  unavailable?(): string | undefined;
  run(rounds: number, seed: string, report: Report): Promise<FaultResult>;
}

/** How long a restart may take until ledger and chain agree. */
export const RECOVERY_SECONDS = 30;
