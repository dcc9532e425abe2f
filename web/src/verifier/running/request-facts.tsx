import type { JSX } from 'preact';
import {
  type AnyRequest,
  parseAnyRequest,
  requestsOf,
} from '../../../../src/request/any-request.ts';
import { statementModule, statementRegistry } from '../../../../src/statements/registry.ts';
import { saveJson } from '../../shared/files.ts';
import { formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import type { RunningRequest } from './running-requests.ts';
import { runningTexts } from './running-texts.ts';

/** What a request of one's own asks, and a copy of it to keep. */
export function RequestFacts({ running }: { readonly running: RunningRequest }): JSX.Element {
  const texts = useTexts(runningTexts);
  const language = useLanguage();
  const request: AnyRequest = parseAnyRequest(running.request, statementRegistry);
  const requests = requestsOf(request);
  const [first] = requests;
  return (
    <section class="card">
      <h2>{texts.asked}</h2>
      {requests.map(({ statement, params, nonce }) => (
        <p key={nonce} class="strong">
          {statementModule(statement).text.asks(params, language)}
        </p>
      ))}
      <Facts
        facts={[
          { name: texts.purpose, value: first?.purpose },
          { name: texts.inNameOf, value: first?.audience },
          { name: texts.until, value: formatTime(running.expiresAt, language) },
        ]}
      />
      <div class="stack stack--tight no-print">
        <div>
          <Button
            icon="download"
            onClick={() => saveJson(`canbao-request-${running.id}.json`, running.request)}
          >
            {texts.saveRequest}
          </Button>
        </div>
        <p class="soft small">{texts.saveRequestHint}</p>
      </div>
    </section>
  );
}
