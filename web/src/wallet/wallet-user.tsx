import type { JSX } from 'preact';

/** Whom a password manager keeps the passphrase for; there is one wallet a device. */
export function WalletUser(): JSX.Element {
  return (
    <input type="text" autocomplete="username" value="参保 Canbao" readOnly hidden tabIndex={-1} />
  );
}
