import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { useTexts } from '../shell/texts.ts';
import { useAsync, useLoad } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { RadioCards } from '../ui/choices.tsx';
import { Form } from '../ui/form.tsx';
import { Spinner } from '../ui/spinner.tsx';
import { commonTexts } from './common-texts.ts';
import {
  type NewPassphrase,
  NO_PASSPHRASE,
  PassphraseFields,
  passphraseFault,
} from './passphrase-fields.tsx';
import { setupTexts } from './setup/texts.ts';
import { canUnlockByDevice } from './vault/device-unlock.ts';
import type { Lock } from './vault/vault.ts';

export interface LockFormProps {
  readonly doneLabel: string;
  /** Said beside the passphrase. */
  readonly note?: string;
  readonly onLock: (lock: Lock) => Promise<void>;
}

type Way = 'passphrase' | 'device';

/** Chooses what unlocks the wallet: a passphrase, or the device's own unlock where it has one. */
export function LockForm({ doneLabel, note, onLock }: LockFormProps): JSX.Element {
  const texts = useTexts(setupTexts);
  const common = useTexts(commonTexts);
  const hasDevice = useLoad(canUnlockByDevice, []).value === true;
  const [way, setWay] = useState<Way>('passphrase');
  const [passphrase, setPassphrase] = useState<NewPassphrase>(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const locking = useAsync((_, lock: Lock) => onLock(lock));
  const options = [
    { value: 'passphrase' as const, label: texts.byPassphrase, hint: texts.byPassphraseHint },
    { value: 'device' as const, label: texts.byDevice, hint: texts.byDeviceHint },
  ];
  return (
    <Form
      class="stack stack--loose"
      onSubmit={() => {
        setTried(true);
        if (way === 'device') locking.run('device');
        else if (!passphraseFault(passphrase)) locking.run({ passphrase: passphrase.value });
      }}
    >
      {hasDevice && (
        <RadioCards legend={texts.lockWays} options={options} value={way} onChange={setWay} />
      )}
      {way === 'passphrase' ? (
        <PassphraseFields passphrase={passphrase} onChange={setPassphrase} isTried={isTried} />
      ) : (
        <p>{texts.deviceText}</p>
      )}
      {note !== undefined && <p class="soft">{note}</p>}
      {locking.state === 'failed' && <LockFault error={locking.error} />}
      <div class="actions">
        <Button type="submit" kind="main" icon="lock" busy={locking.state === 'busy'}>
          {doneLabel}
        </Button>
      </div>
      {locking.state === 'busy' && way === 'passphrase' && <Spinner>{common.sealing}</Spinner>}
    </Form>
  );
}

function LockFault({ error }: { readonly error: unknown }): JSX.Element {
  const texts = useTexts(setupTexts);
  const common = useTexts(commonTexts);
  const code = error instanceof CanbaoError ? error.code : undefined;
  const todo =
    code === 'wallet.device_unfit'
      ? texts.deviceUnfitTodo
      : code === 'wallet.device_refused'
        ? common.deviceRefusedText
        : undefined;
  return <ErrorNotice error={error} todo={todo} />;
}
