import { z } from 'zod';
import { errorText, type Language } from '../../../core/errors/canbao-error.ts';
import { formatMonth } from '../../../core/month.ts';
import type { ClosingJob } from '../../../service/bureau/closings.ts';
import { keptErrorAnswer, keptErrorJson, orNull, seconds, toSeconds } from './answers.ts';

const month = z.string().describe('YYYY-MM');
const epochName = z.object({ month, revision: z.int() });

/** A closed month as the ledger has it. */
export const ledgerEpochAnswer = epochName.extend({
  state: z.enum(['built', 'signed', 'submitted', 'final']),
  root: z.string(),
  accounts: z.int(),
  employers: z.int(),
  changedAccounts: z.int(),
  changedEmployers: z.int(),
  txHash: z.string().nullable(),
  builtAt: seconds,
  signers: z.array(z.string()),
});

const count = z.int().nonnegative();

/** The month that would be closed next. */
export const nextEpochAnswer = z.object({
  month,
  accounts: count.describe('In the ledger now'),
  employers: count,
  added: z
    .object({ imports: count, accounts: count, records: count, facts: count, enrolments: count })
    .describe('Since the last closing'),
  earlierRecords: count.describe('Of the added records, those of months that are closed'),
  openImports: count.describe('Files that wait or are being imported'),
  isUnfinished: z.boolean().describe('Whether an import was cut short'),
});

export const closingAnswer = z.object({
  id: z.string(),
  kind: z.enum(['close', 'check']),
  month: month.nullable(),
  revise: z.boolean(),
  state: z.enum(['queued', 'closing', 'done', 'failed']),
  operator: z.string(),
  attempts: z.int(),
  createdAt: seconds,
  endedAt: seconds.nullable(),
  progress: z.object({ stage: z.enum(['build', 'sign', 'publish']), share: z.number() }).nullable(),
  result: z
    .object({
      settled: z.array(epochName).describe('Epochs that became final'),
      takenBack: z.array(epochName).describe('Of those, the ones the chain had lost'),
      epoch: epochName.extend({ root: z.string(), signers: z.array(z.string()) }).exactOptional(),
      refused: z
        .array(keptErrorAnswer.extend({ peer: z.string() }))
        .describe('Authorities that did not sign, and why'),
    })
    .nullable(),
  error: keptErrorAnswer.nullable(),
});

export function closingJson(job: ClosingJob, language: Language): z.input<typeof closingAnswer> {
  const { id, kind, revise, state, operator, attempts, progress, result } = job;
  return {
    ...{ id, kind, revise, state, operator, attempts, progress },
    month: job.month === null ? null : formatMonth(job.month),
    createdAt: toSeconds(job.createdAt),
    endedAt: orNull(job.endedAt),
    result: result && {
      settled: [...result.settled],
      takenBack: [...result.takenBack],
      ...(result.epoch && { epoch: { ...result.epoch, signers: [...result.epoch.signers] } }),
      refused: result.refused.map(({ peer, code, facts = {} }) => ({
        ...{ peer, code, facts: { ...facts } },
        title: errorText(code, { peer, ...facts }, language),
      })),
    },
    error: keptErrorJson(job.error, language),
  };
}
