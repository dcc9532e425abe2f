import type { JSX } from 'preact';
import { isAccountOpening } from '../../../../src/statements/judge.ts';
import { formatMonthOf, formatTime } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { StandingOfKey, useKeyStanding } from '../enrolment/key-standing.tsx';
import type { StoredRecord } from '../open-wallet.ts';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { EmployerRecord } from './employer-record.tsx';
import { PersonRecord } from './person-record.tsx';
import { StandingNotice } from './standing-notice.tsx';
import { recordTexts } from './texts.ts';

/** The own record: got from the service, kept sealed, shown as a picture. */
export function RecordPage({ wallet }: WalletScreenProps): JSX.Element {
  const texts = useTexts(recordTexts);
  const kept = useLoad(() => wallet.record(), [wallet]);
  const fetching = useKeyStanding(wallet);
  const fetched = fetching.value?.kind === 'ready' ? fetching.value.record : undefined;
  const record = fetched ?? kept.value;
  const isBusy = fetching.state === 'busy';
  const isWaiting = kept.state === 'idle' || kept.state === 'busy';
  return (
    <Screen
      title={texts.title}
      back="#/"
      lead={record && <AsOf record={record} />}
      actions={
        !isWaiting && (
          <Button
            kind={record ? 'quiet' : 'main'}
            icon="refresh"
            busy={isBusy}
            onClick={fetching.run}
          >
            {record ? texts.refetch : texts.fetch}
          </Button>
        )
      }
    >
      {isWaiting && <Spinner>{texts.loading}</Spinner>}
      {kept.state === 'failed' && <ErrorNotice error={kept.error} />}
      {record ? (
        <Picture record={record} />
      ) : (
        !isWaiting && (
          <EmptyState icon="calendar" title={texts.none}>
            <p>{texts.noneText}</p>
          </EmptyState>
        )
      )}
      {isBusy && <Spinner>{texts.fetching}</Spinner>}
      {!fetched && <StandingOfKey task={fetching} />}
      {fetched && kept.value && <Notice tone="good" title={texts.refetched} announce />}
    </Screen>
  );
}

function AsOf({ record }: { readonly record: StoredRecord }): JSX.Element {
  const texts = useTexts(recordTexts);
  const language = useLanguage();
  return (
    <>
      <p>{texts.asOf(formatMonthOf(record.opening.epoch.month, language))}</p>
      <p class="small">{texts.fetchedAt(formatTime(record.fetchedAt, language))}</p>
    </>
  );
}

function Picture({ record }: { readonly record: StoredRecord }): JSX.Element {
  const { opening } = record;
  return (
    <>
      <StandingNotice record={record} />
      {isAccountOpening(opening) ? (
        <PersonRecord opening={opening} />
      ) : (
        <EmployerRecord opening={opening} />
      )}
    </>
  );
}
