import type { JSX } from 'preact';
import { useTexts } from '../../shell/texts.ts';
import { Badge } from '../../ui/notice.tsx';
import { detailTexts } from './detail-texts.ts';
import { isSame, useAuthorities } from './use-authorities.ts';

/** Every authority, and whether it signed. */
export function CoSigners({
  signers,
}: {
  readonly signers: readonly string[];
}): JSX.Element | null {
  const texts = useTexts(detailTexts);
  const { value } = useAuthorities();
  if (!value) return null;
  const { authorities, quorum } = value;
  const hasSigned = (one: string) => signers.some((signer) => isSame(signer, one));
  const former = signers.filter((signer) => !authorities.some((one) => isSame(one, signer)));
  const signed = authorities.filter(hasSigned).length;
  return (
    <div class="stack stack--tight">
      <h3>{texts.coSigners}</h3>
      <p>{texts.quorum(signed, authorities.length, quorum)}</p>
      <ul class="signers">
        {authorities.map((address) => (
          <li key={address}>
            <code>{address}</code>
            {hasSigned(address) ? (
              <Badge tone="good">{texts.signed}</Badge>
            ) : (
              <Badge tone="warn">{texts.notSigned}</Badge>
            )}
          </li>
        ))}
        {former.map((address) => (
          <li key={address}>
            <code>{address}</code>
            <Badge tone="plain">{texts.formerSigner}</Badge>
          </li>
        ))}
      </ul>
    </div>
  );
}
