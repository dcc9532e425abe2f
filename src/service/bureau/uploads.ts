import { sql } from 'kysely';
import { CanbaoError, type PlainFacts } from '../../core/errors/canbao-error.ts';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import type { Mapping } from '../../ledger/import/mapping.ts';
import type { ImportCounts } from '../../ledger/store/batch.ts';
import type { RefusedRow } from '../../ledger/store/refusals.ts';
import type { Service } from '../service.ts';

export interface UploadProgress {
  readonly rows: number;
  /** Of the file, 0 to 1. */
  readonly share: number;
  readonly rowsPerSecond: number;
  readonly secondsLeft: number;
}

/** What an import did, as the report of its upload keeps it. */
export interface UploadReport extends ImportCounts {
  /** The same file by the same mapping was in already: nothing was done. */
  readonly alreadyImported: boolean;
  /** Rows an earlier run, cut short, had brought in. */
  readonly resumedRows: number;
}

export interface KeptError {
  readonly code: ErrorCode;
  readonly facts: PlainFacts;
}

export type UploadState = 'queued' | 'importing' | 'done' | 'failed';

/** A file a bureau sent, and what became of it. */
export interface Upload {
  readonly id: string;
  readonly fileName: string;
  readonly mapping: Mapping;
  readonly state: UploadState;
  readonly dryRun: boolean;
  readonly progress: UploadProgress | null;
  readonly report: UploadReport | null;
  readonly error: KeptError | null;
  /** Subject of who sent it. */
  readonly operator: string;
  /** The ledger's import that came of it. */
  readonly batchId: number | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

function uploads({ db }: Pick<Service, 'db'>) {
  return db
    .selectFrom('upload')
    .select(['id', 'file_name as fileName', 'state', 'dry_run as dryRun', 'progress'])
    .select(sql<string>`mapping #>> '{}'`.as('mapping'))
    .select(['report', 'error', 'operator', 'batch_id as batchId'])
    .select(['created_at as createdAt', 'ended_at as endedAt']);
}

type UploadRow = Awaited<ReturnType<ReturnType<typeof uploads>['execute']>>[number];

function toUpload({ mapping, ...row }: UploadRow): Upload {
  // jsonb arrives parsed.
  return { ...row, mapping: JSON.parse(mapping) } as Upload;
}

/** Newest first. */
export async function listUploads(
  service: Pick<Service, 'db'>,
  { limit }: { readonly limit: number },
): Promise<Upload[]> {
  const rows = await uploads(service).orderBy('created_at', 'desc').limit(limit).execute();
  return rows.map(toUpload);
}

/** Those that are not at their end, oldest first. */
export async function openUploads(service: Pick<Service, 'db'>): Promise<Upload[]> {
  const states: UploadState[] = ['queued', 'importing'];
  const rows = await uploads(service).where('state', 'in', states).orderBy('created_at').execute();
  return rows.map(toUpload);
}

/** @throws upload.not_found */
export async function getUpload(service: Pick<Service, 'db'>, id: string): Promise<Upload> {
  const row = await uploads(service).where('id', '=', id).executeTakeFirst();
  if (!row) throw new CanbaoError('upload.not_found');
  return toUpload(row);
}

/** Refused rows a dry run kept, in file order. */
export async function dryRunRefusals(
  { db }: Pick<Service, 'db'>,
  id: string,
): Promise<readonly RefusedRow[]> {
  const query = db.selectFrom('upload').select('refusals').where('id', '=', id);
  return ((await query.executeTakeFirst())?.refusals ?? []) as readonly RefusedRow[];
}

/** How an upload ended. */
export type UploadEnd =
  | { readonly error: KeptError }
  | {
      readonly report: UploadReport;
      readonly batchId?: number;
      /** Of a dry run. */
      readonly refusals?: readonly RefusedRow[];
    };

/** Writes down that an upload is at its end, unless it was already. */
export async function endUpload(
  { db, clock }: Pick<Service, 'db' | 'clock'>,
  id: string,
  end: UploadEnd,
): Promise<void> {
  const how =
    'error' in end
      ? { state: 'failed' as const, error: JSON.stringify(end.error) }
      : {
          state: 'done' as const,
          report: JSON.stringify(end.report),
          batch_id: end.batchId ?? null,
          refusals: end.refusals ? JSON.stringify(end.refusals) : null,
        };
  await db
    .updateTable('upload')
    .set({ ...how, ended_at: new Date(clock() * 1000) })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}
