import { mountPage } from '../shell/mount.tsx';
import { StartApp } from './app.tsx';

mountPage(StartApp);
