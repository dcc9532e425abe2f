import type { JSX } from 'preact';
import { formatCount } from '../shared/format.ts';
import { useLanguage, useTexts } from '../shell/texts.ts';
import { Card } from '../ui/card.tsx';
import type { CheckedLedger } from './check-card.tsx';
import { checkTexts } from './check-texts.ts';
import { Addresses } from './epoch-list.tsx';
import type { ToldLedger } from './service-ledger.ts';
import { ledgerTexts } from './texts.ts';

export interface AuthoritiesCardProps {
  readonly told: ToldLedger;
  readonly checked: CheckedLedger | undefined;
}

/** Who signs, and how that came to be. */
export function AuthoritiesCard({ told, checked }: AuthoritiesCardProps): JSX.Element {
  const texts = useTexts(ledgerTexts);
  return (
    <Card title={texts.authorities}>
      <p>{texts.authoritiesOf(told.authorities.length, told.quorum)}</p>
      <Addresses addresses={told.authorities} />
      {checked?.chain.log === 'whole' && <Changes changes={checked.chain.changes} />}
    </Card>
  );
}

function Changes({ changes }: { changes: CheckedLedger['chain']['changes'] }): JSX.Element {
  const texts = useTexts(checkTexts);
  const language = useLanguage();
  return (
    <div class="stack stack--tight">
      <h3>{texts.changes}</h3>
      {changes.length === 0 && <p class="soft">{texts.noChanges}</p>}
      <ol class="list">
        {changes.map(({ change, block, added, removed, quorum }) => (
          <li key={change}>
            <p class="strong">{texts.atBlock(formatCount(block, language))}</p>
            {added.length > 0 && <p>{texts.added}</p>}
            <Addresses addresses={added} />
            {removed.length > 0 && <p>{texts.removed}</p>}
            <Addresses addresses={removed} />
            <p>{texts.quorumNow(quorum)}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
