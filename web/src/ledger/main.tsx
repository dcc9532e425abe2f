import './ledger.css';
import { mountPage } from '../shell/mount.tsx';
import { LedgerApp } from './app.tsx';

mountPage(LedgerApp);
