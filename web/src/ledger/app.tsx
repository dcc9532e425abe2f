import type { JSX } from 'preact';
import { Frame } from '../shell/frame.tsx';
import { later } from '../shell/later.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { useRoute } from '../shell/router.ts';
import { useTexts } from '../shell/texts.ts';
import { LedgerScreen } from './ledger-screen.tsx';
import { ledgerTexts } from './texts.ts';

const CeremonyPage = later(
  async () => (await import('../ceremony/ceremony-page.tsx')).CeremonyPage,
);

/** The ledger page: for everybody, without signing in. */
export function LedgerApp(): JSX.Element {
  const texts = useTexts(ledgerTexts);
  const { path } = useRoute();
  return (
    <Frame page={texts.page} wide>
      {path === '/' && <LedgerScreen key={path} />}
      {path === '/ceremony' && <CeremonyPage key={path} />}
      {path !== '/' && path !== '/ceremony' && <NotFound key={path} />}
    </Frame>
  );
}
