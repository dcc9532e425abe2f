import './history.css';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LiveRegion } from '../../ui/live-region.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { deleteEntries, deleteEntry, type HistoryEntry, listEntries } from './entry.ts';
import { HistoryItem } from './history-item.tsx';
import { historyTexts } from './history-texts.ts';

/** Everything that was asked, and what became of it. */
export function HistoryPage({ wallet }: WalletScreenProps): JSX.Element {
  const texts = useTexts(historyTexts);
  const listing = useLoad(() => listEntries(wallet.store), [wallet]);
  const [toDelete, setToDelete] = useState<HistoryEntry | 'all' | undefined>(undefined);
  const deleting = useAsync(async (_, what: HistoryEntry | 'all') => {
    if (what === 'all') await deleteEntries(wallet.store);
    else await deleteEntry(wallet.store, what.id);
    setToDelete(undefined);
    listing.run();
  });
  const [known, setKnown] = useState<readonly HistoryEntry[] | undefined>(undefined);
  if (listing.value && listing.value !== known) setKnown(listing.value);
  const entries = listing.value ?? known;
  const isAll = toDelete === 'all';
  return (
    <Screen
      title={texts.title}
      back="#/"
      lead={texts.lead}
      actions={
        <>
          <LinkButton kind="main" icon="qr" href="#/open">
            {texts.open}
          </LinkButton>
          {entries && entries.length > 0 && (
            <Button icon="trash" onClick={() => setToDelete('all')}>
              {texts.removeAll}
            </Button>
          )}
        </>
      }
    >
      {listing.state === 'failed' && <ErrorNotice error={listing.error} onRetry={listing.run} />}
      {!entries && listing.state !== 'failed' && <Spinner>{texts.opening}</Spinner>}
      {entries?.length === 0 && (
        <EmptyState icon="list" title={texts.empty}>
          <p class="soft">{texts.emptyText}</p>
        </EmptyState>
      )}
      <ul class="history">
        {entries?.map((entry) => (
          <HistoryItem key={entry.id} entry={entry} onDelete={() => setToDelete(entry)} />
        ))}
      </ul>
      <Dialog
        open={toDelete !== undefined}
        title={isAll ? texts.removeAllTitle : texts.removeTitle}
        closeLabel={texts.keep}
        onClose={() => setToDelete(undefined)}
      >
        <div class="stack">
          <p>{texts.removeText}</p>
          {deleting.state === 'failed' && <ErrorNotice error={deleting.error} />}
          <Button
            kind="danger"
            icon="trash"
            busy={deleting.state === 'busy'}
            onClick={() => toDelete && deleting.run(toDelete)}
          >
            {isAll ? texts.removeAll : texts.removeOne}
          </Button>
        </div>
      </Dialog>
      <LiveRegion>{deleting.state === 'done' && texts.deleted}</LiveRegion>
    </Screen>
  );
}
