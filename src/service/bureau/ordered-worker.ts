import { CanbaoError, plainFacts } from '../../core/errors/canbao-error.ts';
import { type ActionFacts, logAction } from '../operator-log/operator-log.ts';
import type { Service } from '../service.ts';
import type { AnyJob, JobEnd, OrderedJobs } from './ordered-jobs.ts';
import { declareBureauQueues, MOST_ATTEMPTS } from './queues.ts';

type Progress<Job extends AnyJob> = NonNullable<Job['progress']> & { readonly share: number };
type Result<Job extends AnyJob> = NonNullable<Job['result']>;

export interface OrderedWork<Job extends AnyJob> {
  readonly jobs: OrderedJobs<Job>;
  readonly run: (job: Job, note: (progress: Progress<Job>) => void) => Promise<Result<Job>>;
  /** Faults that may pass, besides those of a server: the job is tried again. */
  readonly mayPass?: (error: CanbaoError) => boolean;
  /** What the log says of its end. */
  readonly logged: (
    job: Job,
    result: Result<Job> | undefined,
  ) => { readonly role: string; readonly action: string; readonly facts: ActionFacts | undefined };
}

/** Does what is ordered, one job at a time; one cut short is finished by doing it again. */
export async function startOrderedWorker<Job extends AnyJob>(
  service: Service,
  ordered: OrderedWork<Job>,
): Promise<void> {
  const { queue } = service;
  const { jobs } = ordered;
  await declareBureauQueues(queue);
  await queue.work(jobs.queue, 1, ({ id }) => work(service, id, ordered));
  // What a killed process had begun is not given out again until its time is over: ask for it now.
  for (const { id } of await jobs.listOpen(service)) await queue.send(jobs.queue, id);
}

async function work<Job extends AnyJob>(
  service: Service,
  id: string,
  { jobs, run, mayPass, logged }: OrderedWork<Job>,
): Promise<void> {
  const job = await jobs.get(service, id);
  if (job.endedAt) return;
  const attempt = await jobs.start(service, id);
  const end = async (how: JobEnd<Job>) => {
    await jobs.end(service, id, how);
    const isDone = 'result' in how;
    const { facts, ...rest } = logged(job, isDone ? how.result : undefined);
    await logAction(service, {
      ...{ ...rest, operator: job.operator, facts: { id, ...facts } },
      outcome: isDone ? 'ok' : how.error.code,
    });
  };
  const notes = progressNotes<Job>((progress) => jobs.note(service, id, progress));
  try {
    await end({ result: await run(job, notes.add).finally(notes.end) });
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    const isPassing = error.status >= 500 || mayPass?.(error);
    if (isPassing && attempt < MOST_ATTEMPTS) throw error;
    await end({ error: { code: error.code, facts: plainFacts(error.facts) } });
  }
}

/** Writes how far it is when another part begins, or a tenth of one is done. */
function progressNotes<Job extends AnyJob>(write: (progress: Progress<Job>) => Promise<void>) {
  let last = '';
  let writing: Promise<void> = Promise.resolve();
  return {
    add(progress: Progress<Job>): void {
      const at = JSON.stringify({ ...progress, share: Math.floor(progress.share * 10) });
      if (at === last) return;
      last = at;
      writing = writing.then(() => write(progress)).catch(() => {});
    },
    end: () => writing,
  };
}
