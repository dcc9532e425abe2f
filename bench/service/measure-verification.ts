import type { RunningService } from '../../test/support/running-service.ts';
import { type LoadFigures, load } from './load.ts';
import type { SampleClient } from './sample-client.ts';

/** One way to ask for verdicts. */
export interface VerdictFigures extends LoadFigures {
  /** Verdicts a second of CPU time of the service: what one core gives. */
  readonly perCore: number;
}

export interface VerificationFigures {
  readonly verify: VerdictFigures;
  /** Presentations in one request. */
  readonly batchSize: number;
  /** Its times are of whole requests, its verdicts a second of presentations. */
  readonly batch: VerdictFigures;
  readonly batchPerCoreToVerify: number;
}

export interface OverloadFigures {
  /** Times the rate the service keeps up with. */
  readonly times: number;
  readonly offeredPerSecond: number;
  readonly load: LoadFigures;
  /** p99 of what was admitted against that of full load. */
  readonly p99ToFullLoad: number;
  /** Statuses other than 2xx, 429 and 503. */
  readonly unexpected: readonly string[];
}

const WARM_UP_SECONDS = 3;
const CONNECTIONS = 16;
const BATCH_SIZE = 100;
const OVERLOAD = 5;
const OVERLOAD_CONNECTIONS = 200;
/** Node accepts one new connection a turn of its loop: so many at once wait for that alone. */
const RAMP_SECONDS = 5;

export function verifyCall(service: RunningService, { presentation, request }: SampleClient) {
  return {
    url: `${service.url}/v1/presentations/verify`,
    body: JSON.stringify({ presentation, request }),
  };
}

export async function measureVerification(
  service: RunningService,
  client: SampleClient,
  seconds: number,
): Promise<VerificationFigures> {
  const { presentation, request } = client;
  const presentations = Array.from({ length: BATCH_SIZE }, (_, i) => ({
    name: `${i}`,
    presentation,
  }));
  const single = verifyCall(service, client);
  await load({ ...single, connections: CONNECTIONS, seconds: WARM_UP_SECONDS });
  const verify = await perCore(service, 1, () =>
    load({ ...single, connections: CONNECTIONS, rampSeconds: 2, seconds }),
  );
  const batch = await perCore(service, BATCH_SIZE, () =>
    load({
      url: `${service.url}/v1/presentations/verify-batch`,
      body: JSON.stringify({ presentations, request }),
      ...{ connections: 2, seconds },
    }),
  );
  const ratio = batch.perCore / verify.perCore;
  return { verify, batch, batchSize: BATCH_SIZE, batchPerCoreToVerify: ratio };
}

/** Offers five times as much as the service keeps up with. */
export async function measureOverload(
  service: RunningService,
  client: SampleClient,
  full: LoadFigures,
  seconds: number,
): Promise<OverloadFigures> {
  const offeredPerSecond = Math.round(OVERLOAD * full.goodPerSecond);
  const figures = await load({
    ...verifyCall(service, client),
    ...{
      connections: OVERLOAD_CONNECTIONS,
      rampSeconds: RAMP_SECONDS,
      seconds,
      rate: offeredPerSecond,
    },
  });
  const unexpected = Object.keys(figures.byStatus).filter(
    (status) => !status.startsWith('2') && status !== '429' && status !== '503',
  );
  const p99ToFullLoad = figures.p99 / full.p99;
  return { times: OVERLOAD, offeredPerSecond, load: figures, p99ToFullLoad, unexpected };
}

async function perCore(
  service: RunningService,
  verdicts: number,
  run: () => Promise<LoadFigures>,
): Promise<VerdictFigures> {
  const before = await service.usage();
  const started = performance.now();
  const figures = await run();
  const seconds = (performance.now() - started) / 1000;
  const cpuSeconds = ((await service.usage()).cpuMs - before.cpuMs) / 1000;
  const goodPerSecond = figures.goodPerSecond * verdicts;
  return { ...figures, goodPerSecond, perCore: (goodPerSecond * seconds) / cpuSeconds };
}
