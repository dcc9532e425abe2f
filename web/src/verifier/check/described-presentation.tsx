import type { JSX } from 'preact';
import {
  type AnyRequest,
  decodeAnyPresentation,
  isPresentationSet,
  requestsOf,
} from '../../../../src/request/any-request.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Notice } from '../../ui/notice.tsx';
import { RequestAsks } from '../request-asks.tsx';
import { checkTexts } from './check-texts.ts';
import type { PresentationInput } from './read-presentation-text.ts';

export interface DescribedPresentationProps {
  readonly presentation: PresentationInput;
  readonly onAnother: () => void;
}

/** What a presentation says of itself, before it is checked. */
export function DescribedPresentation(props: DescribedPresentationProps): JSX.Element {
  const { presentation, onAnother } = props;
  const texts = useTexts(checkTexts);
  const request = requestIn(presentation);
  const requests = request ? requestsOf(request) : [];
  const [first] = requests;
  return (
    <section class="card">
      <h2>{texts.gotTitle}</h2>
      {first ? (
        <>
          <p class="soft">{texts.asks}</p>
          <RequestAsks requests={requests} />
          <Facts
            facts={[
              { name: texts.saysAudience, value: first.audience },
              { name: texts.saysPurpose, value: first.purpose },
            ]}
          />
        </>
      ) : (
        <Notice tone="warn">{isRequest(presentation) ? texts.isRequest : texts.gotUnknown}</Notice>
      )}
      <div>
        <Button icon="refresh" onClick={onAnother}>
          {texts.another}
        </Button>
      </div>
    </section>
  );
}

/** The request a presentation names; undefined for what is none. */
export function requestIn(presentation: PresentationInput): AnyRequest | undefined {
  try {
    const decoded = decodeAnyPresentation(presentation, statementRegistry);
    return isPresentationSet(decoded) ? decoded.requestSet : decoded.request;
  } catch {
    return undefined;
  }
}

function isRequest(presentation: PresentationInput): boolean {
  const { format } = (presentation ?? {}) as { format?: unknown };
  return typeof format === 'string' && format.startsWith('canbao/request');
}
