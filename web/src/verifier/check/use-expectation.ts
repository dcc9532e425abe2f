import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { useStore } from '../../shell/store.ts';
import { runningRequests } from '../running/running-requests.ts';
import { type Expectation, type ExpectationDraft, readExpectation } from './expectation.ts';

/** What presentations are held against, as it is being entered. */
export interface EnteredExpectation {
  readonly draft: ExpectationDraft;
  /** What was wrong with it when it was last read. */
  readonly error: CanbaoError | undefined;
  readonly change: (draft: ExpectationDraft) => void;
  /** Undefined where it is wrong: `error` then says why. */
  readonly read: () => Expectation | undefined;
}

export function useExpectation(first: ExpectationDraft): EnteredExpectation {
  const running = useStore(runningRequests);
  const [draft, change] = useState(first);
  const [error, setError] = useState<CanbaoError>();
  const read = () => {
    setError(undefined);
    try {
      return readExpectation(draft, running);
    } catch (fault) {
      if (!(fault instanceof CanbaoError)) throw fault;
      setError(fault);
      return undefined;
    }
  };
  return { draft, error, change, read };
}
