import { z } from 'zod';

/** What the service answers operators with; audits, log and sign-in have theirs beside them. Times are Unix seconds, months `YYYY-MM`. */

export const fact = z.union([z.string(), z.number(), z.boolean()]);
export const kept = z.object({
  code: z.string(),
  title: z.string(),
  facts: z.record(z.string(), fact),
});
export const seconds = z.number();
export const count = z.number();

export const ROLES = ['clerk', 'importer', 'closer', 'auditor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const sessionAnswer = z.object({
  subject: z.string(),
  roles: z.array(z.enum(ROLES)),
  present: z.string(),
});

export const beganAnswer = z.object({ id: z.string() });

const report = z.object({
  ...{ rows: count, added: count, corrected: count, unchanged: count, duplicates: count },
  ...{ refused: count, newPersons: count, alreadyImported: z.boolean(), resumedRows: count },
});

export const uploadAnswer = z.object({
  id: z.string(),
  fileName: z.string(),
  source: z.string(),
  kind: z.enum(['contributions', 'persons']),
  state: z.enum(['queued', 'importing', 'done', 'failed']),
  dryRun: z.boolean(),
  operator: z.string(),
  createdAt: seconds,
  endedAt: seconds.nullable(),
  progress: z
    .object({ rows: count, share: count, rowsPerSecond: count, secondsLeft: count })
    .nullable(),
  report: report.nullable(),
  error: kept.nullable(),
});
export type UploadAnswer = z.output<typeof uploadAnswer>;
export type UploadReport = z.output<typeof report>;

export const uploadsAnswer = z.object({ imports: z.array(uploadAnswer) });

export const unfinishedAnswer = z.object({
  unfinished: z.object({ fileName: z.string(), source: z.string(), rows: count }).nullable(),
});

export const abandonedAnswer = z.object({ fileName: z.string(), source: z.string(), rows: count });

const refusal = z.object({
  line: count,
  field: z.string(),
  code: z.string(),
  reason: z.string(),
  cells: z.record(z.string(), z.string()),
});
export type Refusal = z.output<typeof refusal>;

export const refusalsAnswer = z.object({ refusals: z.array(refusal), next: count.nullable() });

const epoch = z.object({
  month: z.string(),
  revision: count,
  state: z.enum(['built', 'signed', 'submitted', 'final']),
  root: z.string(),
  ...{ accounts: count, employers: count, changedAccounts: count, changedEmployers: count },
  txHash: z.string().nullable(),
  builtAt: seconds,
  signers: z.array(z.string()),
});
export type LedgerEpoch = z.output<typeof epoch>;

export const epochsAnswer = z.object({ epochs: z.array(epoch) });

export const nextEpochAnswer = z.object({
  month: z.string(),
  ...{ accounts: count, employers: count, earlierRecords: count, openImports: count },
  added: z.object({
    ...{ imports: count, accounts: count, records: count, facts: count, enrolments: count },
  }),
  isUnfinished: z.boolean(),
});
export type NextEpoch = z.output<typeof nextEpochAnswer>;

export const epochName = z.object({ month: z.string(), revision: count });

export const closingAnswer = z.object({
  id: z.string(),
  kind: z.enum(['close', 'check']),
  month: z.string().nullable(),
  revise: z.boolean(),
  state: z.enum(['queued', 'closing', 'done', 'failed']),
  operator: z.string(),
  attempts: count,
  createdAt: seconds,
  endedAt: seconds.nullable(),
  progress: z.object({ stage: z.enum(['build', 'sign', 'publish']), share: count }).nullable(),
  result: z
    .object({
      settled: z.array(epochName),
      takenBack: z.array(epochName),
      epoch: epochName.extend({ root: z.string(), signers: z.array(z.string()) }).optional(),
      refused: z.array(kept.extend({ peer: z.string() })),
    })
    .nullable(),
  error: kept.nullable(),
});
export type Closing = z.output<typeof closingAnswer>;

export const closingsAnswer = z.object({ closings: z.array(closingAnswer) });

export const authoritiesAnswer = z.object({
  chainId: count,
  registry: z.string(),
  authorities: z.array(z.string()),
  quorum: count,
});

export const enrolledAnswer = z.object({
  kind: z.enum(['person', 'employer']),
  index: count,
  identityMonth: z.string(),
});
export type Enrolled = z.output<typeof enrolledAnswer>;
