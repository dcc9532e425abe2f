import { mountPage } from '../shell/mount.tsx';
import { VerifierApp } from './app.tsx';

mountPage(VerifierApp);
