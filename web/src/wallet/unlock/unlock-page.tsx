import type { JSX } from 'preact';
import { useRoute } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useTexts } from '../../shell/texts.ts';
import { Disclosure } from '../../ui/disclosure.tsx';
import { Notice } from '../../ui/notice.tsx';
import { OwnerForm } from '../owner-form.tsx';
import { RemoveForm } from '../remove-form.tsx';
import type { Database } from '../vault/database.ts';
import { enterWallet, type Ways } from '../wallet-state.ts';
import { unlockTexts } from './texts.ts';

export interface UnlockPageProps {
  readonly db: Database;
  readonly ways: Ways;
}

/** A locked wallet; the address stays, and what it leads to follows. */
export function UnlockPage({ db, ways }: UnlockPageProps): JSX.Element {
  const texts = useTexts(unlockTexts);
  const { path } = useRoute();
  return (
    <Screen key="unlock" title={texts.title} lead={texts.lead}>
      {path !== '/' && <Notice tone="info">{texts.thenRequest}</Notice>}
      <OwnerForm
        db={db}
        ways={ways}
        label={texts.unlock}
        onWords={(mnemonic) => enterWallet(db, mnemonic)}
      />
      <Disclosure summary={texts.forgotten}>
        <p>{texts.forgottenText}</p>
        <p>{texts.forgottenFirst}</p>
        <RemoveForm db={db} />
      </Disclosure>
    </Screen>
  );
}
