import { keepOffline } from '../shared/offline.ts';
import { mountPage } from '../shell/mount.tsx';
import { WalletApp } from './app.tsx';

mountPage(WalletApp);
void keepOffline();
