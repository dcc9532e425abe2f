import type { JSX } from 'preact';
import type { PresentationRequest } from '../../../src/request/presentation-request.ts';
import { statementModule } from '../../../src/statements/registry.ts';
import { useLanguage } from '../shell/texts.ts';

export interface RequestAsksProps {
  readonly requests: readonly PresentationRequest[];
}

/** What is asked, a sentence a request. */
export function RequestAsks({ requests }: RequestAsksProps): JSX.Element {
  const language = useLanguage();
  return (
    <>
      {requests.map(({ statement, params, nonce }) => (
        <p key={nonce} class="strong">
          {statementModule(statement).text.asks(params, language)}
        </p>
      ))}
    </>
  );
}
