import type { JSX } from 'preact';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Notice } from '../../ui/notice.tsx';
import { RemoveForm } from '../remove-form.tsx';
import type { Database } from '../vault/database.ts';
import { settingsTexts } from './texts.ts';

/** Takes the wallet from the device. */
export function RemoveScreen({ db }: { readonly db: Database }): JSX.Element {
  const texts = useTexts(settingsTexts);
  return (
    <Screen title={texts.remove} back="#/settings" lead={texts.removeLead}>
      <Notice tone="warn" title={texts.removeWarning}>
        {texts.removeWarningText}
      </Notice>
      <RemoveForm db={db} />
    </Screen>
  );
}
