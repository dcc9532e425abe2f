import { register } from 'tsx/esm/api';

// A thread does not inherit how its parent reads TypeScript.
register();
export const { verify, verifyMany } = await import('./proof-thread.ts');
