import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { WalletFile } from '../../../src/holder/wallet-file.ts';
import { saveJson } from '../shared/files.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTexts } from '../shell/texts.ts';
import { useAsync } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { Notice } from '../ui/notice.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { commonTexts } from './common-texts.ts';
import {
  type NewPassphrase,
  NO_PASSPHRASE,
  PassphraseFields,
  passphraseFault,
} from './passphrase-fields.tsx';

const FILE_NAME = 'canbao-wallet.json';

export function saveRecoveryFile(file: WalletFile): void {
  saveJson(FILE_NAME, file);
}

/** The words as a file, under a passphrase of its own. */
export function RecoveryFileForm({ mnemonic }: { readonly mnemonic: string }): JSX.Element {
  const texts = useTexts(commonTexts);
  const [passphrase, setPassphrase] = useState<NewPassphrase>(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const sealing = useAsync(async () => {
    const { sealWithPassphrase } = await import('./vault/passphrase.ts');
    saveRecoveryFile(await sealWithPassphrase(mnemonic, passphrase.value));
  });
  return (
    <Form
      onSubmit={() => {
        setTried(true);
        if (!passphraseFault(passphrase)) sealing.run();
      }}
    >
      <p>{texts.fileText}</p>
      <PassphraseFields
        label={texts.filePassphrase}
        passphrase={passphrase}
        onChange={setPassphrase}
        isTried={isTried}
      />
      <div class="row">
        <Button type="submit" icon="download" busy={sealing.state === 'busy'}>
          {texts.fileSave}
        </Button>
      </div>
      {sealing.state === 'busy' && <Spinner>{texts.sealing}</Spinner>}
      {sealing.state === 'failed' && <ErrorNotice error={sealing.error} />}
      {sealing.state === 'done' && <FileSaved />}
    </Form>
  );
}

/** Where it went, and where to put it. */
export function FileSaved(): JSX.Element {
  const texts = useTexts(commonTexts);
  return (
    <Notice tone="good" title={texts.fileSaved} announce>
      {texts.fileSavedText}
    </Notice>
  );
}
