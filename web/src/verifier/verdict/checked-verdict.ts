import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { formatMonth } from '../../../../src/core/month.ts';
import type { VerdictAnswer } from '../../../../src/sdk/answers.ts';
import { statementModule } from '../../../../src/statements/registry.ts';
import type { Verdict } from '../../../../src/verify/verdict.ts';
import { type AnyVerdict, isSetVerdict } from '../../../../src/verify/verify-any.ts';
import { type ToldVerdict, tellAnswer, tellVerdict } from '../../shared/verdict-view.tsx';

/** What one proof was asked to show, and whether it does. */
export interface CheckedAsk {
  readonly asks: string;
  readonly holds: boolean;
}

/** A verdict with its facts, whoever came to it; numbers of the field in decimals. */
export interface CheckedVerdict extends ToldVerdict {
  /** `valid`, or the first thing that was wrong. */
  readonly reason: string;
  readonly asks: readonly CheckedAsk[];
  /** Statements it rests on, as far as they are known. */
  readonly statements: readonly string[];
  readonly audience?: string | undefined;
  readonly audienceChecked: boolean;
  readonly purpose?: string | undefined;
  readonly expiresAt?: number | undefined;
  readonly scope?: string | undefined;
  readonly nullifier?: string | undefined;
  /** Of the ledger: `YYYY-MM`. */
  readonly month?: string | undefined;
  readonly revision?: number | undefined;
  readonly root?: string | undefined;
  readonly publishedAt?: number | undefined;
  readonly keyStatus?: 'development' | 'ceremony' | undefined;
  readonly anonymitySet?: number | undefined;
}

/** What a service answered. */
export function checkedByService(answer: VerdictAnswer): CheckedVerdict {
  const { epoch, key, answers } = answer;
  const asked = answers ?? [answer];
  return {
    ...tellAnswer(answer),
    reason: answer.reason,
    asks: asked.flatMap(({ asks, verified }) =>
      asks === undefined ? [] : [{ asks, holds: verified }],
    ),
    statements: [...new Set(asked.flatMap(({ statement }) => statement ?? []))],
    audience: answer.audience,
    audienceChecked: answer.audienceChecked,
    purpose: answer.purpose,
    expiresAt: answer.expiresAt,
    scope: answer.scope,
    nullifier: answer.nullifier,
    month: epoch?.month,
    revision: epoch?.revision,
    root: epoch?.root,
    publishedAt: epoch?.publishedAt,
    keyStatus: key?.status,
    anonymitySet: answer.anonymitySet,
  };
}

/** What this page found itself. */
export function checkedInPage(
  verdict: AnyVerdict,
  language: Language,
  { accounts }: { readonly accounts?: number | undefined } = {},
): CheckedVerdict {
  const each = verdictsIn(verdict);
  const [first] = each;
  const { epoch } = first ?? {};
  return {
    ...tellVerdict(verdict, language),
    reason: verdict.reason,
    asks: each.flatMap((one) => asksOf(one, language)),
    statements: statementsOf(verdict),
    audience: verdict.audience,
    audienceChecked: verdict.audienceChecked,
    purpose: verdict.purpose,
    expiresAt: verdict.expiresAt,
    scope: decimal(verdict.scope),
    nullifier: decimal(verdict.nullifier),
    month: epoch && formatMonth(epoch.month),
    revision: epoch?.revision,
    root: decimal(verdict.epochRoot),
    publishedAt: epoch?.publishedAt,
    keyStatus: first?.keyStatus,
    // Accounts are of people: how many employers there are, the chain does not say.
    anonymitySet: verdict.valid && isOfPerson(first) ? accounts : undefined,
  };
}

/** Statements a verdict is about, as far as they are known. */
export function statementsOf(verdict: AnyVerdict): string[] {
  return [...new Set(verdictsIn(verdict).flatMap(({ statement }) => statement ?? []))];
}

function verdictsIn(verdict: AnyVerdict): readonly Verdict[] {
  return isSetVerdict(verdict) ? verdict.answers.map((answer) => answer.verdict) : [verdict];
}

function asksOf({ statement, params, valid }: Verdict, language: Language): CheckedAsk[] {
  if (statement === undefined || params === undefined) return [];
  return [{ asks: statementModule(statement).text.asks(params, language), holds: valid }];
}

function isOfPerson(verdict: Verdict | undefined): boolean {
  const { statement } = verdict ?? {};
  return statement !== undefined && statementModule(statement).statement.subject === 'account';
}

function decimal(value: bigint | undefined): string | undefined {
  return value === undefined ? undefined : `${value}`;
}

/** The first and last digits of a long number: enough to compare two by eye. */
export function shortNumber(decimals: string): string {
  return decimals.length <= 16 ? decimals : `${decimals.slice(0, 8)}…${decimals.slice(-6)}`;
}
