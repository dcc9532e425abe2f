import { createStore } from '../../shell/store.ts';
import type { Role } from '../answers.ts';

/** Somebody at work for the bureau, as the service knows them. */
export interface Session {
  readonly token: string;
  readonly subject: string;
  readonly roles: readonly Role[];
  /** `2026-11`: the present month, to the service. */
  readonly present: string;
  /** When the token ends, Unix seconds, where it says so. */
  readonly expiresAt: number | undefined;
}

export type SessionState =
  | { readonly state: 'none' | 'checking' }
  | { readonly state: 'active'; readonly session: Session }
  /** It was good, and no longer is. */
  | { readonly state: 'ended' }
  /** It never was. */
  | { readonly state: 'refused'; readonly error: unknown };

export const sessionStore = createStore<SessionState>({ state: 'none' });

/** Whether any of the roles is held; an administrator may do all of it. */
export function holdsAny(roles: readonly Role[], wanted: readonly Role[]): boolean {
  return roles.includes('admin') || wanted.some((role) => roles.includes(role));
}
