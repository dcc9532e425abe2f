import { performance } from 'node:perf_hooks';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Terminal } from '../terminal.ts';

/** One step of the demo as `--json` reports it. */
export interface StepReport {
  readonly name: string;
  readonly ok: boolean;
  readonly ms: number;
  readonly error?: string;
}

/** Runs steps in order and keeps their reports; after one fails the rest do not run. */
export interface Story {
  readonly steps: readonly StepReport[];
  /** @param title shown to a person before the step */
  step<T>(name: string, title: string, run: () => Promise<T>): Promise<T>;
}

export function openStory(terminal: Terminal): Story {
  const steps: StepReport[] = [];
  return {
    steps,
    async step(name, title, run) {
      terminal.heading(`${steps.length + 1}. ${title}`);
      const start = performance.now();
      const ms = () => Math.round(performance.now() - start);
      try {
        const value = await run();
        steps.push({ name, ok: true, ms: ms() });
        return value;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        steps.push({ name, ok: false, ms: ms(), error: reason });
        if (error instanceof CanbaoError && error.code === 'cli.demo_failed') throw error;
        throw new CanbaoError('cli.demo_failed', { step: name, reason }, error);
      }
    },
  };
}

/** The demo checks what it shows. @throws cli.demo_failed */
export function expectThat(step: string, holds: boolean, reason: string): void {
  if (!holds) throw new CanbaoError('cli.demo_failed', { step, reason });
}
