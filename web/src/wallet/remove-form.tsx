import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { navigate } from '../shell/router.ts';
import { defineTexts, useTexts } from '../shell/texts.ts';
import { useAsync } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextInput } from '../ui/inputs.tsx';
import type { Database } from './vault/database.ts';
import { removeWallet } from './wallet-state.ts';

const removeTexts = defineTexts({
  zh: {
    word: '移除钱包',
    label: '请输入“移除钱包”四个字以确认',
    wrong: '请照样输入“移除钱包”。',
    remove: '从这台设备移除',
  },
  en: {
    word: 'remove wallet',
    label: 'Type “remove wallet” to confirm',
    wrong: 'Please type “remove wallet”.',
    remove: 'Remove from this device',
  },
});

/** Takes the wallet from the device: typed, so that it does not happen by a slip. */
export function RemoveForm({ db }: { readonly db: Database }): JSX.Element {
  const texts = useTexts(removeTexts);
  const [typed, setTyped] = useState('');
  const [isWrong, setWrong] = useState(false);
  const removing = useAsync(async () => {
    await removeWallet(db);
    navigate('/', 'replace');
  });
  return (
    <Form
      onSubmit={() => {
        const isRight = typed.trim().toLowerCase() === texts.word;
        setWrong(!isRight);
        if (isRight) removing.run();
      }}
    >
      <TextInput
        label={texts.label}
        error={isWrong && texts.wrong}
        value={typed}
        onInput={setTyped}
      />
      <div class="row">
        <Button kind="danger" type="submit" icon="trash" busy={removing.state === 'busy'}>
          {texts.remove}
        </Button>
      </div>
      {removing.state === 'failed' && <ErrorNotice error={removing.error} />}
    </Form>
  );
}
