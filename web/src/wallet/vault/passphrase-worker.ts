import { expose } from 'comlink';
import { sealing } from './passphrase-sealing.ts';

expose(sealing);
