import type { MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { type Mapping, parseMapping } from '../../../ledger/import/mapping.ts';
import { type PendingUpload, receiveUpload } from '../../../service/bureau/begin-upload.ts';
import type { Service } from '../../../service/service.ts';

/** Of `multipart/form-data`, as its description shows it; the parts are read one by one. */
export const uploadBody = z
  .object({
    mapping: z.string().describe('The mapping file, JSON'),
    sheet: z.string().exactOptional().describe('Of a workbook; default: the first'),
    dryRun: z.enum(['true', 'false']).exactOptional(),
    file: z.string().meta({ format: 'binary' }).describe('CSV or XLSX'),
  })
  .describe('Parts in any order');

/** An upload that came whole. */
export interface ReceivedUpload {
  readonly file: PendingUpload;
  readonly mapping: Mapping;
  readonly dryRun: boolean;
}

/**
 * Reads the parts; where one is bad, the file does not stay.
 * @throws upload.incomplete, ledger.bad_mapping, http.bad_request, http.too_large
 */
export async function readUpload(
  service: Service,
  request: FastifyRequest,
): Promise<ReceivedUpload> {
  const texts = new Map<string, string>();
  let file: PendingUpload | undefined;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'file') file = await receiveFile(service, part, file);
      else texts.set(part.fieldname, textOf(part));
    }
    if (!file) throw new CanbaoError('upload.incomplete', { part: 'file' });
    return { file, ...settings(texts) };
  } catch (error) {
    await file?.drop();
    throw isBrokenOff(error) ? badPart('broken off') : error;
  }
}

async function receiveFile(
  service: Service,
  { fieldname, filename, file: content }: MultipartFile,
  before: PendingUpload | undefined,
): Promise<PendingUpload> {
  if (before || fieldname !== 'file') throw badPart(before ? 'file' : 'unknown');
  const received = await receiveUpload(service, { fileName: filename, content });
  if (!content.truncated) return received;
  await received.drop();
  throw new CanbaoError('http.too_large');
}

function textOf({ fieldname, value, valueTruncated }: MultipartValue): string {
  if (!['mapping', 'sheet', 'dryRun'].includes(fieldname)) throw badPart('unknown');
  if (valueTruncated) throw new CanbaoError('http.too_large');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function settings(texts: ReadonlyMap<string, string>): { mapping: Mapping; dryRun: boolean } {
  const text = texts.get('mapping');
  if (text === undefined) throw new CanbaoError('upload.incomplete', { part: 'mapping' });
  const dryRun = texts.get('dryRun') ?? 'false';
  if (dryRun !== 'true' && dryRun !== 'false') throw badPart('dryRun');
  const mapping = parseMapping(json(text));
  const sheet = texts.get('sheet');
  return { mapping: sheet ? { ...mapping, sheet } : mapping, dryRun: dryRun === 'true' };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new CanbaoError('ledger.bad_mapping', { file: 'mapping', reason: 'not JSON' });
  }
}

/** What the reader of forms says of a body that ends too early has no code, unlike errors of disks. */
function isBrokenOff(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof CanbaoError) return false;
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET';
}

function badPart(part: string): CanbaoError {
  return new CanbaoError('http.bad_request', { reason: `part ${part}` });
}
