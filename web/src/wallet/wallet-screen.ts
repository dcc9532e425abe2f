import type { Route } from '../shell/router.ts';
import type { OpenWallet } from './open-wallet.ts';

/** What every screen of the unlocked wallet is given. */
export interface WalletScreenProps {
  readonly wallet: OpenWallet;
  readonly route: Route;
}
