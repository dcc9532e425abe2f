import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useLoad } from '../../shell/use-async.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { verifierClient } from '../client.ts';
import { AskForm } from './ask-form.tsx';
import { AskPreview } from './ask-preview.tsx';
import { askTexts } from './ask-texts.ts';
import { emptyDraft, type ReadyAsk } from './draft.ts';

/** One use: filled in, looked over, asked. */
export function AskPage({ slug }: { readonly slug: string }): JSX.Element {
  const texts = useTexts(askTexts);
  const language = useLanguage();
  const [draft, setDraft] = useState(emptyDraft);
  const [ready, setReady] = useState<ReadyAsk>();
  const preset = useLoad(
    async (signal) => {
      const all = await verifierClient(language).presets(signal);
      // Of an unknown one the service says so itself.
      return all.find((one) => one.slug === slug) ?? verifierClient(language).preset(slug);
    },
    [slug],
  );
  if (preset.value === undefined) {
    return (
      <Screen key="loading" title={texts.chooseTitle} back="#/ask">
        {preset.state === 'failed' ? (
          <ErrorNotice error={preset.error} onRetry={preset.run} />
        ) : (
          <Spinner>{texts.loadingUses}</Spinner>
        )}
      </Screen>
    );
  }
  const name = preset.value.name;
  if (ready) {
    return (
      <AskPreview
        key="preview"
        ready={ready}
        name={name}
        again={`#/ask/${slug}`}
        back="#/ask"
        onEdit={() => setReady(undefined)}
      />
    );
  }
  return (
    <AskForm
      key="form"
      preset={preset.value}
      draft={draft}
      onChange={setDraft}
      onReady={setReady}
    />
  );
}
