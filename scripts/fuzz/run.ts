import { setImmediate, setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { type Known, type Operation, operationsOf, requestsTo } from './operations.ts';

export interface FuzzOptions {
  readonly app: FastifyInstance;
  readonly known: Known;
  /** In all, shared equally by the routes. */
  readonly requests: number;
  readonly seed: number;
}

export interface FuzzReport {
  readonly requests: number;
  readonly seed: number;
  readonly routes: number;
  /** Answers by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** Routes that never answered well: the fuzzing did not get behind their checks. */
  readonly neverGood: readonly string[];
  /** What must not happen, with the smallest request that brings it about. */
  readonly faults: readonly { readonly route: string; readonly what: string; request: unknown }[];
}

const MOST_IDS = 40;
/** A place that is never given back stays taken: then this does not help. */
const MOST_RETRIES = 10;

/** Routes that send for as long as they are listened to. */
const isStream = (path: string) => path.endsWith('/events');

/**
 * Asks every route of the description for everything it describes, and for what it does not: an
 * answer is never a 5xx, and every refusal is a problem with a code.
 */
export async function fuzz({ app, known, requests, seed }: FuzzOptions): Promise<FuzzReport> {
  const operations = operationsOf(app.swagger()).filter(({ path }) => !isStream(path));
  // What makes things comes first, what ends them last.
  operations.sort((a, b) => turnOf(a) - turnOf(b));
  const ids = new Set(known.ids);
  const statuses = new Map<string, number>();
  const faults: FuzzReport['faults'][number][] = [];
  const neverGood: string[] = [];
  const numRuns = Math.ceil(requests / operations.length);
  let made = 0;
  for (const operation of operations) {
    const route = `${operation.method} ${operation.path}`;
    let good = 0;
    const property = fc.asyncProperty(
      requestsTo(operation, { ...known, ids: [...ids] }),
      async (request) => {
        const answer = await ask(app, request);
        made++;
        const status = `${answer.status}`;
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (answer.status < 300) good++;
        if (answer.id !== undefined && ids.size < MOST_IDS) ids.add(answer.id);
        if (answer.fault) throw new Error(answer.fault);
      },
    );
    const { failed, counterexample, errorInstance } = await fc.check(property, { numRuns, seed });
    if (failed) {
      faults.push({ route, what: `${errorInstance}`, request: counterexample?.[0] });
    }
    if (good === 0) neverGood.push(route);
  }
  const sorted = Object.fromEntries([...statuses].sort());
  return { requests: made, seed, routes: operations.length, statuses: sorted, neverGood, faults };
}

function turnOf({ method, path }: Operation): number {
  if (method === 'DELETE' || /\/(cancel|abandon|enrolments)$/.test(path)) return 2;
  return method === 'GET' ? 1 : 0;
}

async function ask(app: FastifyInstance, request: InjectOptions) {
  // Without sockets the event loop would not turn, and the service take itself for overloaded.
  await setImmediate();
  let answer = await app.inject(request);
  // One process asks and answers: what it is told when it has kept itself busy is asked again.
  for (let i = 0; i < MOST_RETRIES && isOverloaded(answer.body); i++) {
    await setTimeout(1000 * Number(answer.headers['retry-after'] ?? 1));
    answer = await app.inject(request);
  }
  const { statusCode: status, headers, body } = answer;
  const type = `${headers['content-type'] ?? ''}`;
  if (status >= 500) return { status, fault: `answered ${status}: ${body.slice(0, 300)}` };
  if (status < 400) return { status, id: idIn(body) };
  if (!type.startsWith('application/problem+json'))
    return { status, fault: `${status} as ${type}` };
  if (/node_modules|\.ts:\d|\bat \S+ \(/.test(body)) return { status, fault: 'tells of its code' };
  return typeof JSON.parse(body).code === 'string' ? { status } : { status, fault: 'has no code' };
}

/** What was made, to be asked for later. */
function idIn(body: string): string | undefined {
  return /^\{"id":"([\w-]{22})"/.exec(body)?.[1];
}

function isOverloaded(body: string): boolean {
  return body.includes('"code":"service.overloaded"');
}
