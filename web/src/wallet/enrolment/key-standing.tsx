import type { JSX } from 'preact';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { type AsyncTask, useAsync } from '../../shell/use-async.ts';
import { Notice } from '../../ui/notice.tsx';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';
import { enrolmentTexts } from './texts.ts';

/** How the key of a wallet stands with the service. */
export type KeyStanding =
  | { readonly kind: 'ready'; readonly record: StoredRecord }
  /** Nobody enrolled it. */
  | { readonly kind: 'not' }
  /** Enrolled; the first month with it is not closed. */
  | { readonly kind: 'waiting' }
  /** Another key is enrolled in its place. */
  | { readonly kind: 'replaced' };

const kinds: Readonly<Record<string, 'not' | 'waiting' | 'replaced'>> = {
  'holder.login_refused': 'not',
  'holder.not_in_epoch': 'waiting',
  'ledger.no_epoch': 'waiting',
  'holder.superseded': 'replaced',
};

/** Logs in and gets the record: what comes of it tells how the key stands. @throws sdk.unreachable */
async function keyStanding(wallet: OpenWallet, signal?: AbortSignal): Promise<KeyStanding> {
  try {
    return { kind: 'ready', record: await wallet.fetchRecord(signal) };
  } catch (error) {
    const kind = error instanceof CanbaoError ? kinds[error.code] : undefined;
    if (kind) return { kind };
    throw error;
  }
}

export function useKeyStanding(wallet: OpenWallet): AsyncTask<KeyStanding, []> {
  return useAsync((signal) => keyStanding(wallet, signal));
}

export interface StandingOfKeyProps {
  readonly task: AsyncTask<KeyStanding, []>;
}

/** It in words, once it was asked. */
export function StandingOfKey({ task }: StandingOfKeyProps): JSX.Element | null {
  const { standings } = useTexts(enrolmentTexts);
  if (task.state === 'failed') return <ErrorNotice error={task.error} onRetry={task.run} />;
  switch (task.value?.kind) {
    case 'ready':
      return (
        <Notice tone="good" title={standings.ready} announce>
          {standings.readyText}
        </Notice>
      );
    case 'not':
      return (
        <Notice tone="warn" title={standings.not} announce>
          {standings.notText}
        </Notice>
      );
    case 'waiting':
      return (
        <Notice tone="info" title={standings.waiting} announce>
          {standings.waitingText}
        </Notice>
      );
    case 'replaced':
      return (
        <Notice tone="bad" title={standings.replaced} announce>
          {standings.replacedText}
        </Notice>
      );
    default:
      return null;
  }
}
