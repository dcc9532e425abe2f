import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LockForm } from '../lock-form.tsx';
import { OwnerForm } from '../owner-form.tsx';
import type { Database } from '../vault/database.ts';
import type { Lock } from '../vault/vault.ts';
import { refreshWays, type Ways } from '../wallet-state.ts';
import { settingsTexts } from './texts.ts';

export interface SettingsScreenProps {
  readonly db: Database;
  readonly ways: Ways;
}

/** Changes the passphrase, or adds or takes away the device's own unlock. */
export function WaysScreen({ db, ways }: SettingsScreenProps): JSX.Element {
  const texts = useTexts(settingsTexts);
  const [mnemonic, setMnemonic] = useState<string>();
  const [isSaved, setSaved] = useState(false);
  const lock = async (words: string, chosen: Lock) => {
    const { setLock } = await import('../vault/vault.ts');
    await setLock(db, words, chosen);
    await refreshWays();
    setMnemonic(undefined);
    setSaved(true);
  };
  return (
    <Screen title={texts.ways} back="#/settings" lead={texts.waysLead}>
      {isSaved && (
        <Notice tone="good" title={texts.saved} announce>
          {texts.savedText}
        </Notice>
      )}
      {mnemonic === undefined ? (
        <OwnerForm db={db} ways={ways} label={texts.confirmOwner} onWords={setMnemonic} />
      ) : (
        <LockForm
          doneLabel={texts.save}
          note={texts.both}
          onLock={(chosen) => lock(mnemonic, chosen)}
        />
      )}
      {ways.device && ways.passphrase && <DeviceOff db={db} />}
    </Screen>
  );
}

function DeviceOff({ db }: { readonly db: Database }): JSX.Element {
  const texts = useTexts(settingsTexts);
  const removing = useAsync(async () => {
    const { removeDeviceLock } = await import('../vault/vault.ts');
    await removeDeviceLock(db);
    await refreshWays();
  });
  return (
    <div class="stack">
      <div class="row">
        <Button icon="cross" busy={removing.state === 'busy'} onClick={removing.run}>
          {texts.removeDevice}
        </Button>
      </div>
      {removing.state === 'failed' && <ErrorNotice error={removing.error} />}
    </div>
  );
}
