import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { errorOfProblem } from '../../../../src/core/errors/problem.ts';
import { badAnswer, parseAnswer } from '../../shared/kept-answers.ts';
import { beganAnswer } from '../answers.ts';
import { minding, sessionToken } from '../api.ts';
import type { MappingFile } from './mappings.ts';

/** A file as it is sent. */
export interface Sending {
  readonly file: File;
  readonly mapping: MappingFile;
  /** Of a workbook. */
  readonly sheet: string;
  readonly dryRun: boolean;
}

/**
 * Sends a file; unlike `fetch`, it tells how far it is.
 * @param onShare of the bytes, 0 to 1
 * @returns id of the upload
 * @throws the service's error; sdk.unreachable; the signal's reason
 */
export function sendUpload(
  sending: Sending,
  signal: AbortSignal,
  onShare: (share: number) => void,
): Promise<string> {
  return minding(
    () =>
      new Promise<string>((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', '/v1/bureau/imports');
        request.setRequestHeader('authorization', `Bearer ${sessionToken() ?? ''}`);
        request.upload.onprogress = ({ loaded, total }) => onShare(loaded / Math.max(total, 1));
        request.onerror = () => {
          const facts = { origin: location.origin, reason: 'no answer' };
          reject(new CanbaoError('sdk.unreachable', facts));
        };
        request.onabort = () => reject(signal.reason);
        request.onload = () => {
          try {
            resolve(idOf(request));
          } catch (error) {
            reject(error);
          }
        };
        signal.addEventListener('abort', () => request.abort(), { once: true });
        signal.throwIfAborted();
        request.send(formOf(sending));
      }),
  );
}

function formOf({ file, mapping, sheet, dryRun }: Sending): FormData {
  const form = new FormData();
  form.append('mapping', JSON.stringify(mapping));
  form.append('dryRun', String(dryRun));
  if (sheet !== '') form.append('sheet', sheet);
  form.append('file', file, file.name);
  return form;
}

function idOf({ status, responseText }: XMLHttpRequest): string {
  const json = parse(responseText);
  if (status === 202) return parseAnswer(beganAnswer, json).id;
  throw errorOfProblem(json) ?? badAnswer(`status ${status}`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What was sent from this page, so that a file that was tried can be sent again for good. */
export const sent = new Map<string, Sending>();
