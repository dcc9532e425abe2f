import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Frame } from '../shell/frame.tsx';
import { later } from '../shell/later.tsx';
import { NotFound } from '../shell/not-found.tsx';
import { type Route, useRoute } from '../shell/router.ts';
import { Screen } from '../shell/screen.tsx';
import { useStore } from '../shell/store.ts';
import { useTexts } from '../shell/texts.ts';
import { Spinner } from '../ui/spinner.tsx';
import { useAutoLock } from './auto-lock.ts';
import { walletScreens } from './screens.ts';
import { walletTexts } from './texts.ts';
import { UnlockPage } from './unlock/unlock-page.tsx';
import { UpdateNotice } from './update/update-notice.tsx';
import { findWallet, walletState } from './wallet-state.ts';

const SetupPage = later(async () => (await import('./setup/setup-page.tsx')).SetupPage);

/** The wallet page: wherever a link leads, the wallet is made or unlocked first. */
export function WalletApp(): JSX.Element {
  const texts = useTexts(walletTexts);
  const route = useRoute();
  const state = useStore(walletState);
  useAutoLock(state.kind === 'open' ? state.wallet : undefined);
  useEffect(() => void findWallet(), []);
  return (
    <Frame page={texts.page}>
      <UpdateNotice />
      <Place route={route} />
    </Frame>
  );
}

function Place({ route }: { readonly route: Route }): JSX.Element {
  const texts = useTexts(walletTexts);
  const state = useStore(walletState);
  const [name = ''] = route.segments;
  const Found = Object.hasOwn(walletScreens, name) ? walletScreens[name] : undefined;
  if (!Found) return <NotFound key={route.path} />;
  switch (state.kind) {
    case 'loading':
      return <Spinner>{texts.opening}</Spinner>;
    case 'unavailable':
      return <Screen key="unavailable" title={texts.unavailable} lead={texts.unavailableTodo} />;
    case 'none':
      return <SetupPage db={state.db} route={route} />;
    case 'locked':
      return <UnlockPage db={state.db} ways={state.ways} />;
    case 'open':
      return <Found key={route.path} wallet={state.wallet} route={route} />;
  }
}
