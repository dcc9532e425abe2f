import type { JSX } from 'preact';
import { formatCount, formatMonthOf, formatTime, isMonth } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Badge } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { type Closing, closingsAnswer, epochsAnswer, type LedgerEpoch } from '../answers.ts';
import { callBureau } from '../api.ts';
import { NeedsRole } from '../needs-role.tsx';
import { holdsAny, type Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { PeerRefusals } from './closing-screen.tsx';
import { CoSigners } from './co-signers.tsx';
import { Correction } from './correction.tsx';
import { detailTexts } from './detail-texts.ts';
import { monthTexts } from './texts.ts';

export interface MonthScreenProps {
  /** `2026-10` */
  readonly month: string;
  readonly session: Session;
}

/** A closed month: its root, who signed it, its corrections. */
export function MonthScreen({ month, session }: MonthScreenProps): JSX.Element {
  const { title } = useTexts(monthTexts);
  const language = useLanguage();
  const name = isMonth(month) ? formatMonthOf(month, language) : title;
  return (
    <Screen title={name} back="#/months">
      <NeedsRole session={session} roles={['closer', 'auditor']}>
        <Month month={month} mayCorrect={holdsAny(session.roles, ['closer'])} />
      </NeedsRole>
    </Screen>
  );
}

function Month({ month, mayCorrect }: { month: string; mayCorrect: boolean }): JSX.Element {
  const texts = useTexts(detailTexts);
  const { loading } = useTexts(bureauTexts);
  const read = useLoad(
    async (signal) => {
      const get = { method: 'GET', signal } as const;
      const [{ epochs }, { closings }] = await Promise.all([
        callBureau(epochsAnswer, { ...get, path: '/v1/bureau/epochs' }),
        callBureau(closingsAnswer, { ...get, path: '/v1/bureau/closings' }),
      ]);
      const mine = epochs.filter((epoch) => epoch.month === month).toReversed();
      return { epochs: mine, closings: closings.filter((one) => one.month === month) };
    },
    [month],
  );
  if (read.state === 'failed') return <ErrorNotice error={read.error} onRetry={read.run} />;
  if (read.state !== 'done') return <Spinner>{loading}</Spinner>;
  const { epochs, closings } = read.value;
  if (epochs.length === 0) return <EmptyState icon="calendar" title={texts.unknown} />;
  return (
    <>
      {epochs.map((epoch) => (
        <Revision key={epoch.revision} epoch={epoch} closings={closings} />
      ))}
      {mayCorrect && <Correction month={month} />}
    </>
  );
}

interface RevisionProps {
  readonly epoch: LedgerEpoch;
  readonly closings: readonly Closing[];
}

function Revision({ epoch, closings }: RevisionProps): JSX.Element {
  const texts = useTexts(detailTexts);
  const months = useTexts(monthTexts);
  const { copy, copied, notCopied } = useTexts(bureauTexts);
  const language = useLanguage();
  const { month, revision, state, root, txHash, builtAt } = epoch;
  const count = (value: number) => formatCount(value, language);
  // The closing that made it; one before it may have failed for want of signatures.
  const result = closings.find(
    ({ result: made }) => made?.epoch?.month === month && made.epoch.revision === revision,
  )?.result;
  return (
    <Card title={revision === 0 ? months.first : months.revision(revision)}>
      <div>
        <Badge tone={state === 'final' ? 'good' : 'warn'}>{months.state[state]}</Badge>
      </div>
      <div class="root-line">
        <h3>{texts.root}</h3>
        <p class="soft">{texts.rootText}</p>
        <code>{root}</code>
        <CopyButton text={root} label={copy} doneLabel={copied} failedLabel={notCopied} />
      </div>
      <Facts
        facts={[
          { name: months.accounts, value: count(epoch.accounts) },
          { name: months.employers, value: count(epoch.employers) },
          { name: months.changed, value: count(epoch.changedAccounts) },
          { name: months.changedEmployers, value: count(epoch.changedEmployers) },
          { name: texts.builtAt, value: formatTime(builtAt, language) },
          ...(txHash ? [{ name: texts.transaction, value: <code>{txHash}</code> }] : []),
        ]}
      />
      <CoSigners signers={epoch.signers} />
      {result && <PeerRefusals refused={result.refused} />}
    </Card>
  );
}
