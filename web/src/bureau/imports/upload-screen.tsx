import type { JSX } from 'preact';
import { formatCount, formatTime } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { toldFaultText } from '../../shell/fault-text.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { UploadAnswer } from '../answers.ts';
import { NeedsRole } from '../needs-role.tsx';
import { holdsAny, type Session } from '../session/session-store.ts';
import { bureauTexts } from '../texts.ts';
import { UploadBadge } from './imports-screen.tsx';
import { NextStep } from './next-step.tsx';
import { Refusals } from './refusals.tsx';
import { ReportView } from './report-view.tsx';
import { importTexts } from './texts.ts';
import { uploadTexts } from './upload-texts.ts';
import { useUpload } from './use-upload.ts';

export interface UploadScreenProps {
  readonly id: string;
  readonly session: Session;
}

/** One upload: as it goes, and what came of it. */
export function UploadScreen({ id, session }: UploadScreenProps): JSX.Element {
  const texts = useTexts(uploadTexts);
  const { loading } = useTexts(bureauTexts);
  const { seen: upload, error } = useUpload(id);
  const title = upload ? texts.title(upload.fileName) : texts.titleUnknown;
  return (
    <Screen title={title} back="#/imports">
      <NeedsRole session={session} roles={['importer', 'auditor']}>
        {upload && <Standing upload={upload} />}
        {error !== undefined && <ErrorNotice error={error} />}
        {!upload && error === undefined && <Spinner>{loading}</Spinner>}
        {upload?.report && <ReportView upload={upload} report={upload.report} />}
        {upload?.report && upload.report.refused > 0 && (
          <Refusals id={id} refused={upload.report.refused} isTrial={upload.dryRun} />
        )}
        {upload?.endedAt && (
          <NextStep upload={upload} mayImport={holdsAny(session.roles, ['importer'])} />
        )}
      </NeedsRole>
    </Screen>
  );
}

function Standing({ upload }: { readonly upload: UploadAnswer }): JSX.Element {
  const texts = useTexts(uploadTexts);
  const { kinds } = useTexts(importTexts);
  const language = useLanguage();
  const { state, dryRun, error, source, kind, operator, createdAt } = upload;
  return (
    <>
      <div>
        <UploadBadge upload={upload} />
      </div>
      {state === 'queued' && <Spinner>{texts.queued}</Spinner>}
      {state === 'importing' && dryRun && <Spinner>{texts.trialRuns}</Spinner>}
      {state === 'importing' && !dryRun && <Running upload={upload} />}
      {!upload.endedAt && <p class="soft">{texts.mayLeave}</p>}
      {error && (
        <Notice tone="bad" title={texts.failed} announce>
          <p>{toldFaultText(error, language)}</p>
          <p>{texts.failedTodo}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { name: texts.source, value: `${source} · ${kinds[kind]}` },
          { name: texts.by, value: operator },
          { name: texts.at, value: formatTime(createdAt, language) },
        ]}
      />
    </>
  );
}

function Running({ upload: { progress } }: { readonly upload: UploadAnswer }): JSX.Element {
  const texts = useTexts(uploadTexts);
  const language = useLanguage();
  if (!progress) return <Spinner>{texts.importing}</Spinner>;
  const { rows, rowsPerSecond, secondsLeft, share } = progress;
  const left =
    secondsLeft >= 90
      ? texts.minutes(Math.round(secondsLeft / 60))
      : texts.seconds(Math.max(1, Math.round(secondsLeft)));
  return (
    <div class="stack stack--tight">
      <Progress label={texts.importing} share={share} />
      <p class="number">
        {texts.progress(
          formatCount(rows, language),
          formatCount(Math.round(rowsPerSecond), language),
        )}
        {language === 'zh' ? '，' : ', '}
        {texts.left(left)}
      </p>
    </div>
  );
}
