import { connect } from '../../../../src/sdk/connection.ts';
import { parseAnswer } from '../../shared/kept-answers.ts';
import { type AsyncTask, useLoad } from '../../shell/use-async.ts';
import { authoritiesAnswer } from '../answers.ts';

export interface Authorities {
  readonly authorities: readonly string[];
  readonly quorum: number;
}

/** Who signs at present: public. */
export function useAuthorities(): AsyncTask<Authorities, []> {
  return useLoad(async (signal) => {
    const call = { method: 'GET', path: '/v1/authorities', signal } as const;
    return parseAnswer(authoritiesAnswer, await connect({ url: location.origin }).call(call));
  }, []);
}

export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
