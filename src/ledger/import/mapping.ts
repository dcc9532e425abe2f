import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import iconv from 'iconv-lite';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { insurances } from '../insurance.ts';
import {
  categories,
  retirementCategories,
  schemes,
  sexes,
  statuses,
  terminationReasons,
} from '../record.ts';
import { isDateForm } from './date-form.ts';

/** Texts that stand for "no value" in a column that may be empty. */
const none = z.array(z.string()).default(['']);
const column = z.string().min(1);
const form = z
  .string()
  .refine(isDateForm, 'a date form names YYYY and MM or M, then perhaps DD or D');

/** A column whose codes a table translates, or the same value for the whole file. */
const coded = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.union([
    z.strictObject({ column, codes: z.record(z.string(), z.enum(values)) }),
    z.strictObject({ constant: z.enum(values) }),
  ]);

const plain = z.strictObject({ column });
const month = z.strictObject({ column, form });
const optionalMonth = z.strictObject({ column, form, none });
const optionalText = z.strictObject({ column, none });
const count = z.strictObject({ column, none });

const file = {
  format: z.literal('canbao/mapping/v1'),
  /** Who the records are from. A key belongs to the source that brought it first. */
  source: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  /** For people; not used. */
  description: z.string().optional(),
  encoding: z.string().refine((name) => iconv.encodingExists(name), 'unknown encoding'),
  delimiter: z.string().length(1).default(','),
  /** Of a workbook; without it, its first sheet. */
  sheet: z.string().min(1).optional(),
  /** ID number. The only column that identifies a person; names are never read. */
  person: plain,
};

const contributionsMapping = z.strictObject({
  ...file,
  kind: z.literal('contributions'),
  month,
  settled: optionalMonth,
  /** In yuan, at most two decimals. */
  base: plain,
  region: z.union([
    z.strictObject({ column, codes: z.record(z.string(), z.string()).optional() }),
    z.strictObject({ constant: z.string() }),
  ]),
  employer: optionalText,
  category: coded(categories),
  insurance: z.discriminatedUnion('form', [
    /** One row a person, insurance and month. */
    z.strictObject({
      form: z.literal('long'),
      column,
      codes: z.record(z.string(), z.enum(insurances)),
      paid: z.strictObject({ column, codes: z.record(z.string(), z.enum(['paid', 'unpaid'])) }),
    }),
    /** One row a person and month, one status column an insurance. */
    z.strictObject({
      form: z.literal('wide'),
      columns: z.partialRecord(z.enum(insurances), column),
      codes: z.record(z.string(), z.enum(['paid', 'unpaid', 'absent'])),
    }),
  ]),
});

const personsMapping = z.strictObject({
  ...file,
  kind: z.literal('persons'),
  sex: coded(sexes),
  birth: month,
  retirementCategory: coded(retirementCategories),
  scheme: coded(schemes),
  status: coded(statuses),
  deemedMonths: count.optional(),
  specialTradeMonths: count.optional(),
  pensionSince: optionalMonth.optional(),
  unemploymentClaimedMonths: count.optional(),
  lastUnemploymentClaimEnd: optionalMonth.optional(),
  lastTermination: optionalMonth.optional(),
  lastTerminationReason: coded(terminationReasons).optional(),
});

export const mappingSchema = z.discriminatedUnion('kind', [contributionsMapping, personsMapping]);

export type ContributionsMapping = z.infer<typeof contributionsMapping>;
export type PersonsMapping = z.infer<typeof personsMapping>;
/** How one source's export is read: encoding, columns, code tables, date forms. Data, not code. */
export type Mapping = z.infer<typeof mappingSchema>;

/** @throws ledger.bad_mapping */
export function parseMapping(value: unknown, name = 'mapping'): Mapping {
  const result = mappingSchema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const reason = `${issue?.path.join('.') || 'file'}: ${issue?.message ?? 'invalid'}`;
  throw new CanbaoError('ledger.bad_mapping', { file: name, reason });
}

/** @throws ledger.no_file, ledger.bad_mapping */
export async function readMapping(path: string): Promise<Mapping> {
  const name = basename(path);
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new CanbaoError('ledger.no_file', { file: name }, cause);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new CanbaoError('ledger.bad_mapping', { file: name, reason: 'not JSON' });
  }
  return parseMapping(value, name);
}

/** How a mapping reads the dates of its date columns. */
export function dateForms(mapping: Mapping): Map<string, string> {
  const forms = new Map<string, string>();
  for (const spec of Object.values(mapping)) {
    if (typeof spec !== 'object' || !('column' in spec) || !('form' in spec)) continue;
    if (spec.column !== undefined) forms.set(spec.column, spec.form);
  }
  return forms;
}

/** Every column a mapping reads, the person's first. */
export function mappedColumns(mapping: Mapping): string[] {
  const columns = new Set<string>();
  const visit = (value: unknown, key?: string): void => {
    if (key === 'codes') return;
    if (key === 'column' && typeof value === 'string') columns.add(value);
    else if (value !== null && typeof value === 'object') {
      for (const [name, child] of Object.entries(value)) visit(child, name);
    }
  };
  visit(mapping.person);
  visit(mapping);
  if (mapping.kind === 'contributions' && mapping.insurance.form === 'wide') {
    for (const column of Object.values(mapping.insurance.columns)) columns.add(column);
  }
  return [...columns];
}
