import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { certificateOf } from './certificate.ts';
import { checkTexts } from './check-texts.ts';
import type { PresentationInput } from './read-presentation-text.ts';

export interface CertificateCodeProps {
  /** Where a link brought it. */
  readonly code?: string | undefined;
  readonly onPresentation: (presentation: PresentationInput) => void;
}

/** The code printed on a certificate, for who cannot scan. */
export function CertificateCode({ code = '', onPresentation }: CertificateCodeProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const [typed, setTyped] = useState(code);
  const finding = useAsync(async (signal) => onPresentation(await certificateOf(typed, signal)));
  return (
    <Form onSubmit={finding.run}>
      <TextInput
        label={texts.codeLabel}
        hint={texts.codeHint}
        value={typed}
        maxLength={20}
        onInput={setTyped}
      />
      <div>
        <Button type="submit" icon="search" busy={finding.state === 'busy'}>
          {texts.codeButton}
        </Button>
      </div>
      {finding.state === 'failed' && <ErrorNotice error={finding.error} />}
    </Form>
  );
}
