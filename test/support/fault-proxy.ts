import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type Hex, hexToBigInt, isHex, keccak256, numberToHex } from 'viem';
import { type NodeLimits, refusalOf } from './node-limits.ts';

/** What can go wrong with one HTTP request: on the way there, at the node, or on the way back. */
export const transportFaults = [
  'drop', // the connection breaks before the node hears of it
  'drop-answer', // … after the node has done what was asked
  'delay',
  'hang', // no answer, ever
  'hang-answer', // … but the node has done what was asked
  'http-500',
  'http-429',
  'truncated',
  'not-json',
  'rpc-error',
] as const;

/** What a node can say that is not so, by the methods it says it of. */
export const lies = {
  'stale-block': ['eth_blockNumber'],
  'no-receipt': ['eth_getTransactionReceipt'],
  'stale-receipt': ['eth_getTransactionReceipt'],
  'old-state': ['eth_call', 'eth_getTransactionCount', 'eth_estimateGas'],
  'old-logs': ['eth_getLogs'],
  swallowed: ['eth_sendRawTransaction'], // takes a transaction and forgets it
} as const satisfies Record<string, readonly string[]>;

export type Fault = (typeof transportFaults)[number] | keyof typeof lies;
export const faults: readonly Fault[] = [
  ...transportFaults,
  ...(Object.keys(lies) as (keyof typeof lies)[]),
];

interface Call {
  readonly id: number;
  readonly method: string;
  readonly params: readonly unknown[];
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: unknown;
}

export interface FaultProxyOptions {
  /** What is to go wrong with a request, told by the methods it calls. */
  readonly decide?: (methods: readonly string[]) => Fault | undefined;
  /** What the node behind refuses. */
  readonly limits?: NodeLimits;
  readonly delayMs?: number;
  /** How many blocks old lies are. */
  readonly lag?: bigint;
}

/** A JSON-RPC proxy before a node, that injects faults. */
export interface FaultProxy extends AsyncDisposable {
  readonly url: string;
  /** Requests it has seen. */
  readonly requests: number;
}

/** Whether a fault can be injected into a request that calls these methods. */
export function applies(fault: Fault, methods: readonly string[]): boolean {
  if (!(fault in lies)) return true;
  const told: readonly string[] = lies[fault as keyof typeof lies];
  return methods.some((method) => told.includes(method));
}

export async function startFaultProxy(
  target: string,
  { decide = () => undefined, limits = {}, delayMs = 60, lag = 2n }: FaultProxyOptions = {},
): Promise<FaultProxy> {
  const receipts = new Map<unknown, unknown>();
  let requests = 0;

  const forward = async (calls: readonly Call[]): Promise<Answer[]> => {
    const body = JSON.stringify(calls.map((call) => ({ jsonrpc: '2.0', ...call })));
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(target, { method: 'POST', headers, body });
    return (await response.json()) as Answer[];
  };
  const ask = async (method: string): Promise<unknown> =>
    (await forward([{ id: 1, method, params: [] }]))[0]?.result;

  /** One call of a node that lies. */
  const lie = async (fault: Fault, call: Call): Promise<Answer> => {
    const older = async () => {
      const block = hexToBigInt((await ask('eth_blockNumber')) as Hex);
      return numberToHex(block > lag ? block - lag : 0n);
    };
    const through = async (changed: Call) => (await forward([changed]))[0] ?? { id: call.id };
    const [first] = call.params;
    if (fault === 'stale-block') return { id: call.id, result: await older() };
    if (fault === 'no-receipt') return { id: call.id, result: null };
    if (fault === 'stale-receipt') return { id: call.id, result: receipts.get(first) ?? null };
    if (fault === 'swallowed') return { id: call.id, result: keccak256(first as Hex) };
    if (fault === 'old-logs') {
      return through({ ...call, params: [{ ...(first as object), toBlock: await older() }] });
    }
    const isTag = call.params[1] !== undefined && !isHex(call.params[1]);
    return isTag ? through({ ...call, params: [first, await older()] }) : through(call);
  };

  const answer = async (calls: readonly Call[], fault: Fault | undefined): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const call of calls) {
      const refusal = refusalOf(limits, call);
      if (refusal) answers.push({ id: call.id, error: refusal });
      else if (fault === 'rpc-error') {
        answers.push({ id: call.id, error: { code: -32_000, message: 'internal error' } });
      } else if (fault && applies(fault, [call.method]) && fault in lies) {
        answers.push(await lie(fault, call));
      } else {
        const [one = { id: call.id }] = await forward([call]);
        if (call.method === 'eth_getTransactionReceipt' && one.result) {
          receipts.set(call.params[0], one.result);
        }
        answers.push(one);
      }
    }
    return answers;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const parsed = JSON.parse(await bodyOf(request)) as Call | Call[];
    const listed = Array.isArray(parsed) ? parsed : [parsed];
    const calls = listed.map((call) => ({ ...call, params: call.params ?? [] }));
    requests++;
    const { header, oneCallARequest } = limits;
    if (header && request.headers[header.name] !== header.value) {
      response.writeHead(401).end('who are you?');
      return;
    }
    if (oneCallARequest && Array.isArray(parsed)) {
      const error = { code: -32_600, message: 'Invalid Request' };
      response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error }));
      return;
    }
    const fault = decide(calls.map(({ method }) => method));
    if (fault === 'drop') return void request.socket.destroy();
    if (fault === 'hang') return;
    if (fault === 'http-500') return void response.writeHead(500).end('{"error":"internal"}');
    if (fault === 'http-429') return void response.writeHead(429).end('too many requests');
    if (fault === 'not-json') return void response.end('<html>maintenance</html>');
    const answers = (await answer(calls, fault)).map((one) => ({ jsonrpc: '2.0', ...one }));
    const text = JSON.stringify(Array.isArray(parsed) ? answers : answers[0]);
    if (fault === 'drop-answer') return void request.socket.destroy();
    if (fault === 'hang-answer') return;
    if (fault === 'delay') await setTimeout(delayMs);
    response.setHeader('content-type', 'application/json');
    response.end(fault === 'truncated' ? text.slice(0, text.length / 2) : text);
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    get requests() {
      return requests;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
