import './bureau.css';
import { mountPage } from '../shell/mount.tsx';
import { BureauApp } from './app.tsx';
import { arrive } from './session/arrive.ts';

arrive();
mountPage(BureauApp);
