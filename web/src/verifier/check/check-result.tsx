import type { JSX } from 'preact';
import { encodeAnyRequest } from '../../../../src/request/any-request.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { EvidenceActions } from '../evidence/evidence-actions.tsx';
import { checkedInPage } from '../verdict/checked-verdict.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { checkTexts } from './check-texts.ts';
import { requestIn } from './described-presentation.tsx';
import type { OneCheck } from './one-check.ts';
import { TrustPanel } from './trust-panel.tsx';

export interface CheckResultProps {
  readonly check: OneCheck;
  readonly onAnother: () => void;
}

/** The page's own verdict, what it rests on, and what to keep of it. */
export function CheckResult({ check, onAnother }: CheckResultProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const language = useLanguage();
  const { verdict, publication, expectation, presentation, checkedAt, keys, roots } = check;
  const checked = checkedInPage(verdict, language, { accounts: publication?.accounts });
  const request = requestIn(presentation);
  return (
    <Screen
      title={texts.resultTitle}
      back="#/"
      actions={
        <Button kind="main" onClick={onAnother}>
          {texts.checkAnother}
        </Button>
      }
    >
      <VerdictCard verdict={checked} />
      <div class="no-print">
        <TrustPanel check={check} />
      </div>
      <EvidenceActions
        found={{
          checkedBy: 'page',
          checkedAt,
          verdict: checked,
          presentation,
          request:
            expectation.kind === 'request'
              ? expectation.request
              : request && encodeAnyRequest(request),
          ownCopy: expectation.kind === 'request',
          keys,
          publication,
          ...(roots.kind === 'chain' && {
            chain: { chainId: roots.roots.chainId, registry: roots.roots.registry },
          }),
        }}
      />
    </Screen>
  );
}
