import type { OpenedRequest, RequestFile } from '../../../../src/sdk/answers.ts';
import type { LocalText } from '../../../../src/statements/statement-text.ts';
import { keptText } from '../../shell/kept-text.ts';
import { createStore, type Store } from '../../shell/store.ts';

/**
 * A request that was asked on this page: the asker's own copy and what reads its verdict. Nothing of a
 * holder is in it.
 */
export interface RunningRequest {
  readonly id: string;
  /** Reads the verdict. */
  readonly token: string;
  /** What the QR code leads to. */
  readonly page: string;
  readonly request: RequestFile;
  /** Unix seconds. */
  readonly expiresAt: number;
  /** What it was asked by. */
  readonly name: LocalText;
  /** Where it is asked again. */
  readonly again: string;
}

const keptRequests = keptText('sessionStorage', 'canbao-verifier-requests');
const MOST = 20;

/** Those of this tab, the newest first: kept until the tab is closed. */
export const runningRequests: Store<readonly RunningRequest[]> = createStore(kept());

export function keepRequest(
  { id, token, page, request, expiresAt }: OpenedRequest,
  { name, again }: Pick<RunningRequest, 'name' | 'again'>,
): void {
  const running = { id, token, page, request, expiresAt, name, again };
  const others = runningRequests.get().filter((one) => one.id !== id);
  const all = [running, ...others].slice(0, MOST);
  runningRequests.set(all);
  keptRequests.write(JSON.stringify(all));
}

function kept(): readonly RunningRequest[] {
  try {
    const all: unknown = JSON.parse(keptRequests.read() ?? '[]');
    return Array.isArray(all) ? (all as RunningRequest[]) : [];
  } catch {
    return [];
  }
}
