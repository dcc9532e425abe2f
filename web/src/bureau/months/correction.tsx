import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatMonthOf } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { beganAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { bureauTexts } from '../texts.ts';
import { detailTexts } from './detail-texts.ts';

/** A closed month computed and published anew, once it was asked twice. */
export function Correction({ month }: { readonly month: string }): JSX.Element {
  const texts = useTexts(detailTexts);
  const { cancel } = useTexts(bureauTexts);
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const correcting = useAsync(async (signal) => {
    setAsking(false);
    const body = { month, revise: true };
    const call = { method: 'POST', path: '/v1/bureau/epochs', body, signal } as const;
    const { id } = await callBureau(beganAnswer, call);
    navigate(`/closings/${id}`);
  });
  return (
    <Card title={texts.correct}>
      <p>{texts.correctText}</p>
      {correcting.state === 'failed' && <ErrorNotice error={correcting.error} />}
      <div class="row">
        <Button icon="pen" busy={correcting.state === 'busy'} onClick={() => setAsking(true)}>
          {texts.correct}
        </Button>
      </div>
      <Dialog
        open={isAsking}
        title={texts.correctTitle(formatMonthOf(month, language))}
        closeLabel={cancel}
        onClose={() => setAsking(false)}
      >
        <div class="stack">
          <p>{texts.correctDialog}</p>
          <div>
            <Button kind="danger" icon="pen" onClick={correcting.run}>
              {texts.correctYes}
            </Button>
          </div>
        </div>
      </Dialog>
    </Card>
  );
}
