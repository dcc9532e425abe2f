import { mountPage } from '../shell/mount.tsx';
import { BureauApp } from './app.tsx';

mountPage(BureauApp);
