import type { JSX } from 'preact';
import { formatTime } from '../../shared/format.ts';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { Button } from '../../ui/button.tsx';
import { Badge } from '../../ui/notice.tsx';
import { bureauTexts } from '../texts.ts';
import { signOut } from './session.ts';
import type { Session } from './session-store.ts';
import { sessionTexts } from './texts.ts';

/** Who is at work, as what, and until when. */
export function AccountLine({ session }: { readonly session: Session }): JSX.Element {
  const texts = useTexts(sessionTexts);
  const { role } = useTexts(bureauTexts);
  const language = useLanguage();
  return (
    <div class="row row--between account">
      <div class="row">
        <span>
          {texts.signedInAs} <span class="strong account__name">{session.subject}</span>
        </span>
        {session.roles.map((one) => (
          <Badge key={one} tone="plain">
            {role(one)}
          </Badge>
        ))}
        {session.expiresAt !== undefined && (
          <span class="soft small">{texts.until(formatTime(session.expiresAt, language))}</span>
        )}
      </div>
      <Button kind="plain" onClick={signOut}>
        {texts.signOut}
      </Button>
    </div>
  );
}
