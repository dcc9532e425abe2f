import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { commonTexts } from '../common-texts.ts';
import { OwnerForm } from '../owner-form.tsx';
import { FileSaved, RecoveryFileForm, saveRecoveryFile } from '../recovery-file-form.tsx';
import { settingsTexts } from './texts.ts';
import type { SettingsScreenProps } from './ways-screen.tsx';

/** The recovery file: under the wallet's passphrase, or where it has none, under one of its own. */
export function FileScreen({ db, ways }: SettingsScreenProps): JSX.Element {
  const texts = useTexts(settingsTexts);
  const common = useTexts(commonTexts);
  const [mnemonic, setMnemonic] = useState<string>();
  const saving = useAsync(async () => {
    const { recoveryFile } = await import('../vault/vault.ts');
    const file = await recoveryFile(db);
    if (file) saveRecoveryFile(file);
  });
  if (ways.passphrase) {
    return (
      <Screen
        key="own"
        title={texts.file}
        back="#/settings"
        lead={texts.fileLead}
        actions={
          <Button kind="main" icon="download" onClick={saving.run}>
            {common.fileSave}
          </Button>
        }
      >
        <p>{common.fileText}</p>
        {saving.state === 'failed' && <ErrorNotice error={saving.error} />}
        {saving.state === 'done' && <FileSaved />}
      </Screen>
    );
  }
  return (
    <Screen key="other" title={texts.file} back="#/settings" lead={texts.fileOwner}>
      {mnemonic === undefined ? (
        <OwnerForm db={db} ways={ways} label={texts.confirmOwner} onWords={setMnemonic} />
      ) : (
        <RecoveryFileForm mnemonic={mnemonic} />
      )}
    </Screen>
  );
}
