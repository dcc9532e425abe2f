import { setTimeout } from 'node:timers/promises';
import { createDelegation } from '../../src/prove/delegation.ts';
import { parseRequest } from '../../src/request/presentation-request.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import type { RunningService } from '../../test/support/running-service.ts';
import { type LoadFigures, load } from './load.ts';
import { askFor, type SampleClient } from './sample-client.ts';

export interface HolderFigures {
  readonly bundle: LoadFigures;
  /** Of one worker with one prover, in the serving process. */
  readonly proofsAMinute: number;
}

/** Open jobs a holder may have. */
const AT_ONCE = 3;

export async function measureHolder(
  service: RunningService,
  client: SampleClient,
  seconds: number,
): Promise<HolderFigures> {
  const bundle = await load({
    url: `${service.url}/v1/bundle`,
    method: 'GET',
    headers: { authorization: `Bearer ${client.token}` },
    ...{ connections: 4, seconds },
  });
  await proofs(client, AT_ONCE); // the key is opened once
  const started = performance.now();
  let made = 0;
  while (performance.now() - started < seconds * 1000) {
    await proofs(client, AT_ONCE);
    made += AT_ONCE;
  }
  const minutes = (performance.now() - started) / 60_000;
  return { bundle, proofsAMinute: made / minutes };
}

/** Orders proofs and waits until all are made. */
async function proofs({ call, holder, token }: SampleClient, count: number): Promise<void> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const request = parseRequest(await askFor(call), statementRegistry);
    const body = createDelegation(request, holder.keys, statementRegistry);
    const { status, body: job } = await call('POST', '/v1/proofs', { token, body });
    if (status !== 202) throw new Error(`proof: ${status} ${job.code}`);
    ids.push(job.id);
  }
  for (const id of ids) await done({ call, token }, id);
}

async function done({ call, token }: Pick<SampleClient, 'call' | 'token'>, id: string) {
  for (;;) {
    const { body } = await call('GET', `/v1/proofs/${id}`, { token });
    if (body.state === 'done') return;
    if (body.state === 'failed' || body.state === 'cancelled') throw new Error(body.state);
    await setTimeout(50);
  }
}
