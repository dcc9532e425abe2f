import { register } from 'tsx/esm/api';

// A thread does not inherit how its parent reads TypeScript.
register();
export const { runHash, runJob } = await import('./tile-worker.ts');
