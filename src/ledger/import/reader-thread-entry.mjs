// Where the reading thread starts: sources are TypeScript, which a new thread has to learn to read.
import { register } from 'tsx/esm/api';

register();
await import('./reader-thread.ts');
