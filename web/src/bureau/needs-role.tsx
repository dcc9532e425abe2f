import type { ComponentChildren, JSX } from 'preact';
import { useTexts } from '../shell/texts.ts';
import { Notice } from '../ui/notice.tsx';
import type { Role } from './answers.ts';
import { holdsAny, type Session } from './session/session-store.ts';
import { bureauTexts } from './texts.ts';

export interface NeedsRoleProps {
  readonly session: Session;
  /** Any of these will do. */
  readonly roles: readonly Role[];
  readonly children: ComponentChildren;
}

/** What is behind a role; for others, why it is not there. */
export function NeedsRole({ session, roles, children }: NeedsRoleProps): JSX.Element {
  const texts = useTexts(bureauTexts);
  if (holdsAny(session.roles, roles)) return <>{children}</>;
  const held = session.roles.length > 0 ? texts.roles(session.roles) : texts.noRoles;
  return (
    <Notice tone="info" title={texts.needsRole}>
      {texts.needsRoleText(texts.roles(roles), held)}
    </Notice>
  );
}

/** Beside something that may be seen and not done. */
export function OnlyLook({ session, roles }: Omit<NeedsRoleProps, 'children'>): JSX.Element | null {
  const texts = useTexts(bureauTexts);
  if (holdsAny(session.roles, roles)) return null;
  return <Notice tone="info">{texts.onlyLook(texts.roles(roles))}</Notice>;
}
