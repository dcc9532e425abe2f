import { z } from 'zod';
import { FIELD_ORDER } from '../../core/field.ts';
import { MONTH_BITS } from '../../core/month.ts';
import { benefitsLayout, profileLayout } from '../../ledger/account.ts';
import { parseCreditCode } from '../../ledger/employer.ts';
import { LEDGER_END, LEDGER_START } from '../../ledger/month-set.ts';
import { parseRegion } from '../../ledger/region.ts';
import type { EpochInputs } from '../../ledger/store/epochs.ts';

/** Tables an epoch is made from, in the order in which rows lean on earlier ones. */
export const feedTableNames = [
  ...(['source', 'import_batch', 'person', 'employer', 'person_facts'] as const),
  ...(['record', 'enrolment'] as const),
];
export type FeedTableName = (typeof feedTableNames)[number];

export type Cell = number | string | boolean | null;
/** A row as it travels: cells in the order of the table's columns, bytes in base64. */
export type FeedRow = readonly Cell[];

export interface FeedColumn {
  readonly name: string;
  readonly type: 'smallint' | 'int' | 'bigint' | 'text' | 'bool' | 'bytea';
  readonly schema: z.ZodType<Cell>;
}

export interface FeedTable {
  readonly name: FeedTableName;
  /** The first is the key; rows come in its order. */
  readonly columns: readonly FeedColumn[];
  /** The first row's key where keys follow without gaps; otherwise they only ascend. */
  readonly firstKey: 0 | 1 | undefined;
  /** The last key an epoch has seen; undefined where the epoch does not say. */
  lastKey(inputs: EpochInputs): number | undefined;
}

const id = z.int().nonnegative();
const small = (max: number, min = 0) => z.int().min(min).max(max);
const bits = (count: number) => small(2 ** count - 1);
const month = bits(MONTH_BITS);
const owed = small(LEDGER_END, LEDGER_START);

const base64 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const isElement = (text: string) =>
  BigInt(`0x${Buffer.from(text, 'base64').toString('hex')}`) < FIELD_ORDER;
const element = base64.refine(isElement, { error: 'not a field element' });

/** A schema out of one of the ledger's own parsers. */
function parsed<T extends string | number>(schema: z.ZodType<T>, parse: (text: string) => unknown) {
  return schema.refine(
    (value) => {
      try {
        return `${parse(`${value}`)}` === `${value}`;
      } catch {
        return false;
      }
    },
    { error: 'not valid' },
  );
}

const creditCode = parsed(z.string(), parseCreditCode);
const region = parsed(z.int(), parseRegion);

const column = (name: string, type: FeedColumn['type'], schema: z.ZodType<Cell>): FeedColumn => ({
  name,
  type,
  schema,
});

/** Of a version: whose file said it, and where. */
const provenance = [
  column('source_id', 'int', id),
  column('batch_id', 'int', id),
  column('line', 'int', id),
];

export const feedTables: readonly FeedTable[] = [
  {
    name: 'source',
    columns: [column('id', 'int', id), column('name', 'text', z.string().max(200))],
    firstKey: undefined,
    lastKey: () => undefined,
  },
  {
    name: 'import_batch',
    // A file's name may say whose it is: the digest names it.
    columns: [
      column('id', 'int', id),
      column('source_id', 'int', id),
      column('kind', 'text', z.enum(['contributions', 'persons'])),
      column('digest', 'bytea', base64),
    ],
    firstKey: undefined,
    lastKey: () => undefined,
  },
  {
    name: 'person',
    columns: [
      column('account_index', 'bigint', id),
      column('person_hash', 'bytea', base64),
      column('placeholder', 'bytea', element),
    ],
    firstKey: 0,
    lastKey: ({ accountCount }) => accountCount - 1,
  },
  {
    name: 'employer',
    columns: [
      column('employer_index', 'bigint', id),
      column('credit_code', 'text', creditCode),
      column('placeholder', 'bytea', element),
    ],
    firstKey: 0,
    lastKey: ({ employerCount }) => employerCount - 1,
  },
  {
    name: 'person_facts',
    columns: [
      column('id', 'bigint', id),
      column('account_index', 'bigint', id),
      ...provenance,
      column('birth_month', 'smallint', month),
      column('sex', 'smallint', bits(profileLayout.sex)),
      column('retirement_category', 'smallint', bits(profileLayout.retirementCategory)),
      column('scheme', 'smallint', bits(profileLayout.scheme)),
      column('deemed_months', 'smallint', bits(profileLayout.deemedMonths)),
      column('status', 'smallint', bits(profileLayout.status)),
      column('special_trade_months', 'smallint', bits(profileLayout.specialTradeMonths)),
      column('pension_since', 'smallint', month),
      column(
        'unemployment_claimed_months',
        'smallint',
        bits(benefitsLayout.unemploymentClaimedMonths),
      ),
      column('last_unemployment_claim_end', 'smallint', month),
      column('last_termination', 'smallint', month),
      column('last_termination_reason', 'smallint', bits(benefitsLayout.lastTerminationReason)),
    ],
    firstKey: 1,
    lastKey: ({ factsCutoff }) => factsCutoff,
  },
  {
    name: 'record',
    columns: [
      column('id', 'bigint', id),
      column('account_index', 'bigint', id),
      column('insurance', 'smallint', small(4)),
      column('month', 'smallint', owed),
      column('settled', 'smallint', month.nullable()),
      column('base_fen', 'bigint', bits(32)),
      column('region', 'int', region),
      column('employer', 'text', creditCode.nullable()),
      column('category', 'smallint', small(2)),
      column('paid', 'bool', z.boolean()),
      ...provenance,
    ],
    firstKey: 1,
    lastKey: ({ recordCutoff }) => recordCutoff,
  },
  {
    name: 'enrolment',
    columns: [
      column('id', 'bigint', id),
      column('account_index', 'bigint', id.nullable()),
      column('employer_index', 'bigint', id.nullable()),
      column('commitment', 'bytea', element),
      column('identity_month', 'smallint', month),
    ],
    firstKey: 1,
    lastKey: ({ enrolmentCutoff }) => enrolmentCutoff,
  },
];

/** @throws TypeError for a name that is none: names were checked at the edge */
export function feedTable(name: FeedTableName): FeedTable {
  const table = feedTables.find((one) => one.name === name);
  if (!table) throw new TypeError(`no feed of ${name}`);
  return table;
}

/** The name of the column that orders a table. */
export function keyOf({ columns }: FeedTable): string {
  return columns[0]?.name ?? '';
}
