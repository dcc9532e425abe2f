import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTexts } from '../shell/texts.ts';
import { useAsync } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choices.tsx';
import { Form } from '../ui/form.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { commonTexts } from './common-texts.ts';
import type { Database } from './vault/database.ts';
import type { Lock } from './vault/vault.ts';
import type { Ways } from './wallet-state.ts';
import { WalletUser } from './wallet-user.tsx';

export interface OwnerFormProps {
  readonly db: Database;
  readonly ways: Ways;
  /** Of the button. */
  readonly label: string;
  readonly onWords: (mnemonic: string) => Promise<void> | void;
}

/** Whoever unlocks is the owner: by passphrase, or by the device. */
export function OwnerForm({ db, ways, label, onWords }: OwnerFormProps): JSX.Element {
  const texts = useTexts(commonTexts);
  const [passphrase, setPassphrase] = useState('');
  const [isShown, setShown] = useState(false);
  const [isEmpty, setEmpty] = useState(false);
  const opening = useAsync(async (_, lock: Lock) => {
    const { revealWords } = await import('./vault/vault.ts');
    await onWords(await revealWords(db, lock));
  });
  const isBusy = opening.state === 'busy';
  return (
    <Form
      onSubmit={() => {
        setEmpty(passphrase === '');
        if (passphrase !== '') opening.run({ passphrase });
      }}
    >
      {opening.state === 'failed' && <OwnerFault error={opening.error} />}
      {ways.passphrase && (
        <>
          <WalletUser />
          <TextInput
            label={texts.passphrase}
            error={isEmpty && passphrase === '' && texts.enterPassphrase}
            type={isShown ? 'text' : 'password'}
            autocomplete="current-password"
            value={passphrase}
            onInput={setPassphrase}
          />
          <Checkbox label={texts.show} checked={isShown} onChange={setShown} />
        </>
      )}
      <div class="actions">
        {ways.passphrase && (
          <Button kind="main" type="submit" icon="lock" busy={isBusy}>
            {label}
          </Button>
        )}
        {ways.device && (
          <Button
            kind={ways.passphrase ? 'quiet' : 'main'}
            icon="person"
            busy={isBusy}
            onClick={() => opening.run('device')}
          >
            {texts.byDevice}
          </Button>
        )}
      </div>
      {isBusy && <Spinner>{texts.opening}</Spinner>}
    </Form>
  );
}

function OwnerFault({ error }: { readonly error: unknown }): JSX.Element {
  const texts = useTexts(commonTexts);
  const code = error instanceof CanbaoError ? error.code : undefined;
  if (code === 'wallet.not_opened') {
    return (
      <Notice tone="bad" title={texts.wrongPassphrase} announce>
        {texts.wrongPassphraseText}
      </Notice>
    );
  }
  if (code === 'wallet.device_refused') {
    return (
      <Notice tone="warn" title={texts.deviceRefused} announce>
        {texts.deviceRefusedText}
      </Notice>
    );
  }
  return <ErrorNotice error={error} />;
}
