import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readJson } from '../../shared/files.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import type { Route } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { commonTexts } from '../common-texts.ts';
import type { Database } from '../vault/database.ts';
import { WalletUser } from '../wallet-user.tsx';
import { stepHref } from './steps.ts';
import { setupTexts } from './texts.ts';

export interface FileScreenProps {
  readonly db: Database;
  readonly route: Route;
  readonly onOpened: (mnemonic: string) => Promise<void>;
}

/** The wallet out of a recovery file; its passphrase unlocks the wallet from then on. */
export function FileScreen({ db, route, onOpened }: FileScreenProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const common = useTexts(commonTexts);
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [isTried, setTried] = useState(false);
  const opening = useAsync(async (_, chosen: File) => {
    const { openWithPassphrase } = await import('../vault/passphrase.ts');
    const { keepWalletFile } = await import('../vault/vault.ts');
    const json = await readJson(chosen);
    const mnemonic = await openWithPassphrase(json, passphrase);
    await keepWalletFile(db, json);
    await onOpened(mnemonic);
  });
  return (
    <Screen title={texts.file} back={stepHref(route, 'recover')} lead={texts.fileLead}>
      <Form
        class="stack stack--loose"
        onSubmit={() => {
          setTried(true);
          if (file && passphrase !== '') opening.run(file);
        }}
      >
        <FileDrop
          label={file ? texts.fileChosen(file.name) : texts.fileDrop}
          buttonLabel={texts.fileChoose}
          accept=".json,application/json"
          onFiles={([chosen]) => setFile(chosen)}
        />
        {isTried && !file && (
          <Notice tone="warn" announce>
            {texts.fileMissing}
          </Notice>
        )}
        <WalletUser />
        <TextInput
          label={common.passphrase}
          error={isTried && passphrase === '' && common.enterPassphrase}
          type="password"
          autocomplete="current-password"
          value={passphrase}
          onInput={setPassphrase}
        />
        {opening.state === 'failed' && <ErrorNotice error={opening.error} />}
        <div class="actions">
          <Button kind="main" type="submit" busy={opening.state === 'busy'}>
            {texts.fileOpen}
          </Button>
          <LinkButton href={stepHref(route, 'recover')} icon="list">
            {texts.recoverByWords}
          </LinkButton>
        </div>
        {opening.state === 'busy' && <Spinner>{common.opening}</Spinner>}
      </Form>
    </Screen>
  );
}
