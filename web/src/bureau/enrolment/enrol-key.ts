import { type Enrolled, enrolledAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import type { Entry } from './read-key.ts';

/** @throws as `callBureau`; holder.…, ledger.…, http.bad… for what is wrong with this one */
export function enrolKey(entry: Entry, signal: AbortSignal): Promise<Enrolled> {
  const path = '/v1/bureau/enrolments';
  return callBureau(enrolledAnswer, { method: 'POST', path, body: entry, signal });
}
