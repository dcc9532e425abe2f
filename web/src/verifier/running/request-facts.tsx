import type { JSX } from 'preact';
import { parseAnyRequest, requestsOf } from '../../../../src/request/any-request.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { saveJson } from '../../shared/files.ts';
import { formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { RequestAsks } from '../request-asks.tsx';
import type { RunningRequest } from './running-requests.ts';
import { runningTexts } from './running-texts.ts';

/** What a request of one's own asks, and a copy of it to keep. */
export function RequestFacts({ running }: { readonly running: RunningRequest }): JSX.Element {
  const texts = useTexts(runningTexts);
  const language = useLanguage();
  const requests = requestsOf(parseAnyRequest(running.request, statementRegistry));
  const [first] = requests;
  return (
    <section class="card">
      <h2>{texts.asked}</h2>
      <RequestAsks requests={requests} />
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
