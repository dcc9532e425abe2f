import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { abandonedAnswer, unfinishedAnswer } from '../answers.ts';
import { callBureau } from '../api.ts';
import { bureauTexts } from '../texts.ts';
import { importTexts } from './texts.ts';

/** The import that was cut short, if there is one: go on with it, or undo it. */
export function UnfinishedNotice({
  mayImport,
}: {
  readonly mayImport: boolean;
}): JSX.Element | null {
  const texts = useTexts(importTexts);
  const language = useLanguage();
  const [isAsking, setAsking] = useState(false);
  const found = useLoad(
    (signal) =>
      callBureau(unfinishedAnswer, {
        method: 'GET',
        path: '/v1/bureau/imports/unfinished',
        signal,
      }),
    [],
  );
  const undoing = useAsync(async (signal) => {
    setAsking(false);
    const call = { method: 'POST', path: '/v1/bureau/imports/abandon', signal } as const;
    return callBureau(abandonedAnswer, call);
  });
  if (undoing.state === 'done') {
    return (
      <Notice tone="good" announce>
        {texts.undone(undoing.value.fileName)}
      </Notice>
    );
  }
  if (found.state !== 'done' || !found.value.unfinished) return null;
  const { fileName, rows } = found.value.unfinished;
  return (
    <>
      <Notice tone="warn" title={texts.unfinished}>
        <p>{texts.unfinishedText(fileName, formatCount(rows, language))}</p>
        <p>{texts.goOnText}</p>
        {undoing.state === 'failed' && <ErrorNotice error={undoing.error} />}
        {mayImport && (
          <div class="row">
            <LinkButton icon="upload" href="#/imports/new">
              {texts.goOn}
            </LinkButton>
            <Button
              kind="danger"
              icon="trash"
              busy={undoing.state === 'busy'}
              onClick={() => setAsking(true)}
            >
              {texts.undo}
            </Button>
          </div>
        )}
      </Notice>
      <UndoDialog open={isAsking} onClose={() => setAsking(false)} onYes={undoing.run} />
    </>
  );
}

interface UndoDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onYes: () => void;
}

function UndoDialog({ open, onClose, onYes }: UndoDialogProps): JSX.Element {
  const texts = useTexts(importTexts);
  const { cancel } = useTexts(bureauTexts);
  return (
    <Dialog open={open} title={texts.undoTitle} closeLabel={cancel} onClose={onClose}>
      <div class="stack">
        <p>{texts.undoText}</p>
        <div>
          <Button kind="danger" icon="trash" onClick={onYes}>
            {texts.undoYes}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
