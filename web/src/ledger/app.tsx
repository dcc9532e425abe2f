import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { useRoute } from '../shell/router.ts';
import { Screen } from '../shell/screen.tsx';
import { useTexts } from '../shell/texts.ts';
import { ledgerTexts } from './texts.ts';

/** The ledger page. */
export function LedgerApp(): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const { path } = useRoute();
  return (
    <Frame page={texts.page}>
      {path === '/' ? (
        <Screen key={path} title={texts.page} lead={texts.lead} />
      ) : (
        <NotFound key={path} />
      )}
    </Frame>
  );
}
