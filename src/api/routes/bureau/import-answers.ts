import { z } from 'zod';
import { errorText, type Language } from '../../../core/errors/canbao-error.ts';
import type { RefusedRow } from '../../../ledger/store/refusals.ts';
import type { Upload } from '../../../service/bureau/uploads.ts';
import { keptErrorAnswer, keptErrorJson, orNull, seconds, toSeconds } from './answers.ts';

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
    .object({
      rows: z.int(),
      share: z.number().describe('Of the file, 0 to 1'),
      rowsPerSecond: z.number(),
      secondsLeft: z.number(),
    })
    .nullable(),
  report: z
    .object({
      rows: z.int(),
      added: z.int(),
      corrected: z.int(),
      unchanged: z.int(),
      duplicates: z.int(),
      refused: z.int(),
      newPersons: z.int(),
      alreadyImported: z.boolean(),
      resumedRows: z.int(),
    })
    .nullable(),
  error: keptErrorAnswer.nullable(),
});

export function uploadJson(upload: Upload, language: Language): z.input<typeof uploadAnswer> {
  const { id, fileName, mapping, state, dryRun, operator, progress, report } = upload;
  return {
    ...{ id, fileName, source: mapping.source, kind: mapping.kind, state, dryRun, operator },
    createdAt: toSeconds(upload.createdAt),
    endedAt: orNull(upload.endedAt),
    ...{ progress, report },
    error: keptErrorJson(upload.error, language),
  };
}

const refusalAnswer = z.object({
  line: z.int(),
  field: z.string().describe('Column at fault; empty where it is the row as a whole'),
  code: z.string(),
  reason: z.string(),
  facts: z.record(z.string(), z.string()),
  cells: z.record(z.string(), z.string()).describe("Mapped columns, without the person's"),
});

export const refusalsPage = z.object({
  refusals: z.array(refusalAnswer),
  next: z.int().nullable().describe('`after` of the next page'),
});

export function refusalJson(row: RefusedRow, language: Language): z.input<typeof refusalAnswer> {
  const { line, field, code, facts, cells } = row;
  const reason = errorText(code, facts, language);
  return { line, field, code, reason, facts: { ...facts }, cells: { ...cells } };
}
