import type { JSX } from 'preact';
import type { LocalText } from '../../../../src/statements/statement-text.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Stepper } from '../../ui/stepper.tsx';
import { apiKey, verifierClient } from '../client.ts';
import { keepRequest } from '../running/running-requests.ts';
import { askTexts } from './ask-texts.ts';
import { AskedThings } from './asked-things.tsx';
import { expiries, type ReadyAsk } from './draft.ts';

export interface AskPreviewProps {
  readonly ready: ReadyAsk;
  readonly name: LocalText;
  /** Where it is asked again. */
  readonly again: string;
  readonly back: string;
  readonly onEdit: () => void;
}

/** Exactly what is asked, shown and kept hidden, before it is. */
export function AskPreview({ ready, name, again, back, onEdit }: AskPreviewProps): JSX.Element {
  const texts = useTexts(askTexts);
  const language = useLanguage();
  const { slug, inputs, purpose, expiry, once } = ready;
  const client = verifierClient(language);
  const preset = useLoad((signal) => client.preset(slug, inputs, signal), [slug, inputs]);
  const opening = useAsync(async (signal) => {
    const opened = await client.createRequest(
      {
        ...{ preset: slug, input: inputs, purpose },
        expiresIn: expiries[expiry],
        ...(once && { policy: { once } }),
      },
      signal,
    );
    keepRequest(opened, { name, again });
    navigate(`/request/${opened.id}`);
  });
  const failed = preset.state === 'failed' ? preset : opening;
  return (
    <Screen
      title={texts.previewTitle}
      lead={texts.previewLead}
      back={back}
      actions={
        <>
          {preset.value && (
            <Button
              kind="main"
              icon="qr"
              busy={opening.state === 'busy'}
              onClick={() => opening.run()}
            >
              {texts.show}
            </Button>
          )}
          <Button icon="pen" onClick={onEdit}>
            {texts.edit}
          </Button>
        </>
      }
    >
      <Stepper label={texts.steps} steps={texts.stepNames} now={1} />
      {preset.state === 'busy' && <Spinner>{texts.preparing}</Spinner>}
      {preset.value && (
        <>
          <AskedThings preset={preset.value} />
          <section class="card">
            <h2>{texts.facts}</h2>
            <Facts
              facts={[
                { name: texts.useName, value: name[language] },
                { name: texts.purpose, value: purpose },
                {
                  name: texts.inNameOf,
                  value: apiKey.get() === '' ? location.origin : texts.inNameOfKey,
                },
                { name: texts.until, value: texts.expiries[expiry] },
              ]}
            />
            {once && <p>{texts.onceHint}</p>}
          </section>
        </>
      )}
      {failed.state === 'failed' && <ErrorNotice error={failed.error} />}
    </Screen>
  );
}
