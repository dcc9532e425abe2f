import { setTimeout } from 'node:timers/promises';
import type { RunningService } from '../../test/support/running-service.ts';
import { type LoadFigures, load } from './load.ts';
import { verifyCall } from './measure-verification.ts';
import type { SampleClient } from './sample-client.ts';

export interface SoakFigures {
  readonly minutes: number;
  readonly load: LoadFigures;
  /** Medians, MB: after the warm-up, and at the end. */
  readonly residentMb: { readonly after: number; readonly end: number };
  readonly growth: number;
}

/** Of the soak: until the compiler and its caches have settled. */
const WARM_UP_SHARE = 0.3;
/** Of the soak, at either end of what is compared. */
const COMPARED_SHARE = 0.2;
const SAMPLE_MS = 1000;
/** Of what the service keeps up with. */
const PACE = 0.7;

/** Verdicts at a steady pace, and what memory they take as time goes by. */
export async function measureSoak(
  service: RunningService,
  client: SampleClient,
  full: LoadFigures,
  minutes: number,
): Promise<SoakFigures> {
  const samples: number[] = [];
  let isOver = false;
  const sampling = (async () => {
    while (!isOver) {
      samples.push((await service.usage()).residentMb);
      await setTimeout(SAMPLE_MS);
    }
  })();
  const figures = await load({
    ...verifyCall(service, client),
    ...{ connections: 16, seconds: minutes * 60, rate: Math.round(PACE * full.goodPerSecond) },
  });
  isOver = true;
  await sampling;
  const part = (from: number) =>
    medianOf(
      samples.slice(
        Math.floor(from * samples.length),
        Math.floor((from + COMPARED_SHARE) * samples.length),
      ),
    );
  const [after, end] = [part(WARM_UP_SHARE), part(1 - COMPARED_SHARE)];
  return { minutes, load: figures, residentMb: { after, end }, growth: end / after - 1 };
}

function medianOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
