import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { readText } from '../../shared/files.ts';
import { QrScan } from '../../shared/qr-scan.tsx';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card, Door } from '../../ui/card.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { keepRequest, readGiven } from './find-request.ts';
import { openTexts } from './open-texts.ts';
import { OwnRequestPage } from './own-request-page.tsx';

/** A link, a code, a QR code or a file: each leads to the request. `#/open/own` makes one. */
export function OpenRequestPage(props: WalletScreenProps): JSX.Element {
  const { wallet, route } = props;
  const texts = useTexts(openTexts);
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const opening = useAsync(async (_, text: string) => {
    const given = readGiven(text);
    if ('id' in given) return navigate(`/r/${given.id}`);
    const { id } = await keepRequest(wallet.store, given.request, 'file');
    navigate(`/answer/${id}`);
  });
  const dropped = useAsync(async (_, files: readonly File[]) => {
    if (files[0]) opening.run(await readText(files[0]));
  });
  if (route.segments[1] === 'own') return <OwnRequestPage {...props} />;
  return (
    <Screen title={texts.title} back="#/" lead={texts.lead}>
      {opening.state === 'failed' && <ErrorNotice error={opening.error} todo={texts.badTodo} />}
      {dropped.state === 'failed' && <ErrorNotice error={dropped.error} />}
      <Card title={texts.scan}>
        <QrScan onText={opening.run} />
      </Card>
      <Card title={texts.paste}>
        <Form
          onSubmit={() => {
            setTried(true);
            if (typed.trim() !== '') opening.run(typed);
          }}
        >
          <TextInput
            label={texts.pasteLabel}
            hint={texts.pasteHint}
            error={isTried && typed.trim() === '' && texts.empty}
            value={typed}
            onInput={setTyped}
          />
          <Button kind="main" type="submit" icon="arrowRight" busy={opening.state === 'busy'}>
            {texts.open}
          </Button>
        </Form>
      </Card>
      <Card title={texts.file}>
        <FileDrop
          label={texts.fileLabel}
          buttonLabel={texts.fileButton}
          accept=".json,application/json"
          onFiles={dropped.run}
        />
      </Card>
      <Door href="#/open/own" icon="print" title={texts.own} text={texts.ownText} />
    </Screen>
  );
}
