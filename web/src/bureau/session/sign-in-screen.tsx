import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { connect } from '../../../../src/sdk/connection.ts';
import { parseAnswer } from '../../shared/kept-answers.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { Screen } from '../../shell/screen.tsx';
import { useStore } from '../../shell/store.ts';
import { useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextArea } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { bureauTexts } from '../texts.ts';
import { type SignInAnswer, signInAnswer } from './answers.ts';
import { leaveForIssuer } from './oidc.ts';
import { beginSession } from './session.ts';
import { sessionStore } from './session-store.ts';
import { sessionTexts } from './texts.ts';

/** Before anything else: who is there. */
export function SignInScreen(): JSX.Element {
  const texts = useTexts(sessionTexts);
  const now = useStore(sessionStore);
  const settings = useLoad(async (signal) => {
    const call = { method: 'GET', path: '/v1/bureau/sign-in', signal } as const;
    return parseAnswer(signInAnswer, await connect({ url: location.origin }).call(call));
  }, []);
  return (
    <Screen title={texts.title} lead={texts.lead}>
      {now.state === 'ended' && (
        <Notice tone="warn" title={texts.ended} announce>
          {texts.endedText}
        </Notice>
      )}
      {now.state === 'refused' && <ErrorNotice error={now.error} todo={texts.refusedTodo} />}
      {now.state === 'checking' && <Spinner>{texts.checking}</Spinner>}
      {settings.state === 'failed' && <ErrorNotice error={settings.error} onRetry={settings.run} />}
      {settings.state === 'done' && <Ways settings={settings.value} />}
      <p>
        <a href="/ledger/">{texts.publicLedger}</a>
      </p>
    </Screen>
  );
}

function Ways({ settings }: { readonly settings: SignInAnswer }): JSX.Element {
  const texts = useTexts(sessionTexts);
  const { issuer, clientId, development } = settings;
  if (issuer !== null) {
    return clientId !== null ? (
      <ByIssuer settings={settings} issuer={issuer} />
    ) : (
      <>
        <Notice tone="warn" title={texts.noClient}>
          {texts.noClientText}
        </Notice>
        <ByToken />
      </>
    );
  }
  if (development) return <ByToken withCommand />;
  return (
    <Notice tone="warn" title={texts.nobody}>
      {texts.nobodyText}
    </Notice>
  );
}

function ByIssuer(props: { settings: SignInAnswer; issuer: string }): JSX.Element {
  const texts = useTexts(sessionTexts);
  const leaving = useAsync(() => leaveForIssuer(props.settings));
  return (
    <Card title={texts.byIssuer}>
      <p>{texts.byIssuerText(new URL(props.issuer).host)}</p>
      {leaving.state === 'failed' && <ErrorNotice error={leaving.error} />}
      <div class="actions">
        <Button kind="main" busy={leaving.state === 'busy'} onClick={() => leaving.run()}>
          {texts.signIn}
        </Button>
      </div>
    </Card>
  );
}

const COMMAND = 'npm run -s canbao -- operator token --subject me --role admin';

function ByToken({ withCommand = false }: { readonly withCommand?: boolean }): JSX.Element {
  const texts = useTexts(sessionTexts);
  const { copy, copied, notCopied } = useTexts(bureauTexts);
  const [token, setToken] = useState('');
  const [isMissing, setMissing] = useState(false);
  const isChecking = useStore(sessionStore).state === 'checking';
  return (
    <Form
      class="card"
      onSubmit={() => {
        setMissing(token.trim() === '');
        if (token.trim() !== '') beginSession(token.trim());
      }}
    >
      <h2>{texts.byToken}</h2>
      {withCommand && (
        <div class="stack stack--tight">
          <p>{texts.byTokenText}</p>
          <code class="code-line">{COMMAND}</code>
          <div>
            <CopyButton text={COMMAND} label={copy} doneLabel={copied} failedLabel={notCopied} />
          </div>
        </div>
      )}
      <TextArea
        label={texts.token}
        hint={texts.tokenHint}
        error={isMissing && texts.tokenMissing}
        rows={3}
        value={token}
        onInput={setToken}
      />
      <div class="actions">
        <Button kind="main" type="submit" busy={isChecking}>
          {texts.useToken}
        </Button>
      </div>
    </Form>
  );
}
