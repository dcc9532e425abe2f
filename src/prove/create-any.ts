import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type AnyPresentation, type AnyRequest, isRequestSet } from '../request/any-request.ts';
import { createPresentation } from './create-presentation.ts';
import { createPresentationSet, type SetProvingTask } from './create-presentation-set.ts';

export interface AnyProvingTask extends Omit<SetProvingTask, 'requestSet'> {
  readonly request: AnyRequest;
}

/**
 * Answers a request, or a set of them.
 * @throws what `createPresentation` throws for a request, `createPresentationSet` for a set;
 * request_set.bad_choice where a choice is made in a single request
 */
export async function createAnyPresentation(task: AnyProvingTask): Promise<AnyPresentation> {
  const { request, statements, artifacts, choice, onProgress, ...rest } = task;
  if (isRequestSet(request)) return createPresentationSet({ ...task, requestSet: request });
  if (choice !== undefined) {
    throw new CanbaoError('request_set.bad_choice', { number: choice + 1 });
  }
  const statement = statements.get(request.statement);
  if (!statement) throw new CanbaoError('statement.unknown', { statement: request.statement });
  return createPresentation({
    ...rest,
    request,
    statement,
    artifacts: await artifacts(statement.name),
    onProgress: onProgress && ((progress) => onProgress({ ...progress, index: 0 })),
  });
}
