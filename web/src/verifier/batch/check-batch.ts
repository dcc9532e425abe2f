import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { certificateOf } from '../check/certificate.ts';
import type { Expectation } from '../check/expectation.ts';
import { sourceOf } from '../check/one-check.ts';
import type { PresentationInput } from '../check/read-presentation-text.ts';
import type { RootSourceDraft } from '../check/root-source-choice.tsx';
import { openPageVerifier } from '../check/verify-in-page.ts';
import { verifierClient } from '../client.ts';
import { checkedByService, checkedInPage } from '../verdict/checked-verdict.ts';
import type { BatchEntry } from './batch-entry.ts';
import { type BatchRow, withRepeats } from './batch-result.ts';

/** Who checks: this page by the chain, or the service. */
export type BatchWay = 'page' | 'service';

export interface BatchTask {
  readonly entries: readonly BatchEntry[];
  readonly expectation: Expectation;
  readonly way: BatchWay;
  readonly source: RootSourceDraft;
  readonly language: Language;
}

interface Named {
  readonly name: string;
  readonly presentation: PresentationInput;
}

type Checked = Pick<BatchRow, 'verdict' | 'retell'>;
type CheckSome = (some: readonly Named[]) => Promise<readonly Checked[]>;

/** As many at once as leave the page a breath, and the service's next caller a turn. */
const AT_ONCE = { page: 16, service: 50 } as const;

/**
 * Verdicts on all, in order.
 * @throws the signal's reason; as `openPageVerifier` and `verifyBatch`
 */
export async function checkBatch(
  { entries, expectation, way, source, language }: BatchTask,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<BatchRow[]> {
  const check =
    way === 'page'
      ? await inPage(expectation, source, language)
      : byService(expectation, language, signal);
  const rows: BatchRow[] = [];
  for (let start = 0; start < entries.length; start += AT_ONCE[way]) {
    signal.throwIfAborted();
    const some = entries.slice(start, start + AT_ONCE[way]);
    rows.push(...(await checkSome(some, check, signal)));
    onProgress(rows.length);
    // The page is drawn and may be left between two turns.
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
  }
  return withRepeats(rows);
}

async function checkSome(
  entries: readonly BatchEntry[],
  check: CheckSome,
  signal: AbortSignal,
): Promise<BatchRow[]> {
  const problems = new Map<string, CanbaoError>();
  const readable: Named[] = [];
  for (const entry of entries) {
    const { name } = entry;
    try {
      if (entry.kind === 'unreadable') throw entry.error;
      const presentation =
        entry.kind === 'certificate' ? await certificateOf(entry.code, signal) : entry.presentation;
      readable.push({ name, presentation });
    } catch (error) {
      // A code that leads nowhere is told beside its name; nobody answering ends the whole.
      if (!(error instanceof CanbaoError) || error.code === 'sdk.unreachable') throw error;
      problems.set(name, error);
    }
  }
  const verdicts = readable.length > 0 ? await check(readable) : [];
  const byName = new Map(readable.map(({ name }, i) => [name, verdicts[i]]));
  return entries.map(({ name }) => ({
    name,
    ...byName.get(name),
    problem: problems.get(name),
  }));
}

async function inPage(
  expectation: Expectation,
  source: RootSourceDraft,
  language: Language,
): Promise<CheckSome> {
  const verifier = await openPageVerifier(sourceOf(source));
  return async (some) => {
    const inputs = some.map(({ presentation }) => presentation);
    const verdicts = await verifier.check(inputs, expectation);
    return verdicts.map((verdict) => {
      const retell = (told: Language) => checkedInPage(verdict, told);
      return { verdict: retell(language), retell };
    });
  };
}

function byService(expectation: Expectation, language: Language, signal: AbortSignal): CheckSome {
  const expected = {
    ...(expectation.kind === 'request' && { request: expectation.request }),
    ...(expectation.kind === 'audience' && { audience: expectation.audience }),
  };
  const client = verifierClient(language);
  return async (some) => {
    const named = some.map(({ name, presentation }) => ({
      name,
      presentation: presentation as object,
    }));
    const { verdicts } = await client.verifyBatch(named, expected, signal);
    return verdicts.map((answer) => ({ verdict: checkedByService(answer) }));
  };
}
