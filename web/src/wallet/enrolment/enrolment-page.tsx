import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { createEnrolment } from '../../../../src/holder/enrolment.ts';
import { enrolmentCode } from '../../shared/enrolment-code.ts';
import { saveJson } from '../../shared/files.ts';
import { QrShow } from '../../shared/qr-show.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { StandingOfKey, useKeyStanding } from './key-standing.tsx';
import { enrolmentTexts } from './texts.ts';

/** The public key for the counter, and whether it is enrolled. */
export function EnrolmentPage({ wallet }: WalletScreenProps): JSX.Element {
  const texts = useTexts(enrolmentTexts);
  const standing = useKeyStanding(wallet);
  const [enrolment] = useState(() => createEnrolment(wallet.keys));
  const text = JSON.stringify(enrolment);
  const isReady = standing.value?.kind === 'ready';
  return (
    <Screen
      title={texts.title}
      back="#/"
      lead={texts.lead}
      actions={
        isReady ? (
          <LinkButton kind="main" href="#/record" icon="calendar">
            {texts.see}
          </LinkButton>
        ) : (
          <Button kind="main" icon="check" busy={standing.state === 'busy'} onClick={standing.run}>
            {standing.state === 'busy' ? texts.checking : texts.check}
          </Button>
        )
      }
    >
      <ol class="list">
        {texts.steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <Card>
        <QrShow text={enrolmentCode(enrolment)} alt={texts.qr} />
        <p class="soft">{texts.what}</p>
        <div class="row">
          <Button icon="download" onClick={() => saveJson('canbao-enrolment.json', enrolment)}>
            {texts.save}
          </Button>
          <CopyButton
            text={text}
            label={texts.copy}
            doneLabel={texts.copied}
            failedLabel={texts.copyFailed}
          />
        </div>
        <Disclosure summary={texts.text}>
          <p class="mono small">{text}</p>
        </Disclosure>
      </Card>
      <StandingOfKey task={standing} />
    </Screen>
  );
}
