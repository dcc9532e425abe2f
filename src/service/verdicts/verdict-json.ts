import { z } from 'zod';
import { type Language, plainFacts } from '../../core/errors/canbao-error.ts';
import { formatMonth } from '../../core/month.ts';
import { encodeParams } from '../../request/params.ts';
import { statementModule } from '../../statements/registry.ts';
import { anyVerdictNotes, anyVerdictText } from '../../verify/set-texts.ts';
import type { SetAnswer } from '../../verify/set-verdict.ts';
import type { Verdict, VerdictDetail } from '../../verify/verdict.ts';
import { type AnyVerdict, isSetVerdict } from '../../verify/verify-any.ts';
import type { CheckedPresentation } from './check-presentation.ts';

const seconds = z.int().meta({ description: 'Unix seconds' });
const fact = z.union([z.string(), z.number(), z.boolean()]);

/** What one proof was asked to show. */
const asked = z.object({
  statement: z.string().exactOptional(),
  asks: z.string().exactOptional().meta({ description: 'What was asked, as a sentence' }),
  params: z.record(z.string(), z.string()).exactOptional(),
});

const setAnswer = asked.extend({
  index: z.int().meta({ description: 'Place of the request in the set, from 0' }),
  verified: z.boolean(),
  reason: z.string(),
  text: z.string(),
});

/** A verdict over HTTP. Facts are there as far as the check came; only a verified one proves any. */
export const verdictAnswer = asked.extend({
  verified: z.boolean(),
  reason: z.string().meta({ description: '`valid`, or the first thing that was wrong' }),
  text: z.string().meta({ description: 'The reason as a sentence' }),
  notes: z.array(z.string()).meta({ description: 'To be shown wherever the verdict is' }),
  detail: z.object({ code: z.string(), facts: z.record(z.string(), fact) }).exactOptional(),
  audience: z.string().exactOptional(),
  audienceChecked: z.boolean().meta({ description: 'Whether it was said whom it must be for' }),
  purpose: z.string().exactOptional(),
  expiresAt: seconds.exactOptional(),
  scope: z.string().exactOptional(),
  nullifier: z.string().exactOptional().meta({ description: 'Stands for the holder, here only' }),
  epoch: z
    .object({
      month: z.string().meta({ description: 'YYYY-MM' }),
      revision: z.int(),
      root: z.string(),
      publishedAt: seconds,
      supersededAt: seconds.exactOptional(),
      correctedAt: seconds.exactOptional(),
    })
    .exactOptional(),
  freshness: z
    .object({ supersededFor: z.int().exactOptional(), correctedFor: z.int().exactOptional() })
    .exactOptional()
    .meta({ description: 'Seconds since a newer ledger, or a correction, took its place' }),
  key: z
    .object({ status: z.enum(['development', 'ceremony']), contributions: z.int() })
    .exactOptional(),
  anonymitySet: z.int().exactOptional().meta({
    description: 'Accounts, or employers, in the ledger: the holder is one of them',
  }),
  mode: z.enum(['all', 'any']).exactOptional(),
  requests: z.int().exactOptional().meta({ description: 'How many the set has' }),
  answers: z.array(setAnswer).exactOptional().meta({ description: 'Of a set: one a proof' }),
});

export type VerdictJson = z.output<typeof verdictAnswer>;

/** A verdict in JSON, texts in one language. */
export function verdictJson(
  { verdict, anonymitySet }: CheckedPresentation,
  language: Language,
): VerdictJson {
  const { valid, reason, detail, audienceChecked, nullifier, scope } = verdict;
  // Answers of a set rest on one root.
  const first = isSetVerdict(verdict) ? verdict.answers[0]?.verdict : verdict;
  return {
    verified: valid,
    reason,
    text: anyVerdictText(verdict, language),
    notes: anyVerdictNotes(verdict, language),
    ...(detail && { detail: detailJson(detail) }),
    ...(verdict.audience !== undefined && { audience: verdict.audience }),
    audienceChecked,
    ...(verdict.purpose !== undefined && { purpose: verdict.purpose }),
    ...(verdict.expiresAt !== undefined && { expiresAt: verdict.expiresAt }),
    ...(scope !== undefined && { scope: `${scope}` }),
    ...(nullifier !== undefined && { nullifier: `${nullifier}` }),
    ...(first && ledgerJson(first)),
    ...(anonymitySet !== undefined && { anonymitySet }),
    ...kindJson(verdict, language),
  };
}

function kindJson(verdict: AnyVerdict, language: Language): Partial<VerdictJson> {
  if (!isSetVerdict(verdict)) return askedJson(verdict, language);
  const { mode, requests, answers } = verdict;
  return {
    ...(mode && { mode }),
    ...(requests !== undefined && { requests }),
    answers: answers.map((answer) => answerJson(answer, language)),
  };
}

function answerJson({ index, verdict }: SetAnswer, language: Language) {
  const { valid, reason } = verdict;
  const text = anyVerdictText(verdict, language);
  return { index, verified: valid, reason, text, ...askedJson(verdict, language) };
}

function askedJson({ statement, params }: Verdict, language: Language) {
  if (!statement || !params) return {};
  const { text } = statementModule(statement);
  return { statement, asks: text.asks(params, language), params: encodeParams(params) };
}

function ledgerJson(verdict: Verdict): Partial<VerdictJson> {
  const { epoch, epochRoot, supersededFor, correctedFor, keyStatus, contributions = 0 } = verdict;
  const aged = supersededFor !== undefined || correctedFor !== undefined;
  return {
    ...(epoch && { epoch: { ...epoch, month: formatMonth(epoch.month), root: `${epochRoot}` } }),
    ...(aged && {
      freshness: {
        ...(supersededFor !== undefined && { supersededFor }),
        ...(correctedFor !== undefined && { correctedFor }),
      },
    }),
    ...(keyStatus && { key: { status: keyStatus, contributions } }),
  };
}

function detailJson({ code, facts }: VerdictDetail) {
  return { code, facts: plainFacts(facts) };
}
