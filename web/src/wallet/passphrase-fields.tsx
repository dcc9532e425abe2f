import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { useTexts } from '../shell/texts.ts';
import { Checkbox } from '../ui/choices.tsx';
import { Icon } from '../ui/icons.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { commonTexts } from './common-texts.ts';
import { passphraseStrength, type Strength } from './passphrase-strength.ts';
import { WalletUser } from './wallet-user.tsx';
import './passphrase.css';

export interface NewPassphrase {
  readonly value: string;
  readonly repeated: string;
}

export const NO_PASSPHRASE: NewPassphrase = { value: '', repeated: '' };

/** What is wrong with it, by the name of its text; undefined where nothing is. */
export function passphraseFault({ value, repeated }: NewPassphrase) {
  if (passphraseStrength(value) === 'short') return 'tooShort';
  return value === repeated ? undefined : 'differ';
}

const icons = {
  short: 'warning',
  guessable: 'warning',
  fair: 'check',
  good: 'checkCircle',
} as const;
const bars: Readonly<Record<Strength, number>> = { short: 1, guessable: 2, fair: 3, good: 4 };

export interface PassphraseFieldsProps {
  readonly label?: string;
  readonly passphrase: NewPassphrase;
  readonly onChange: (passphrase: NewPassphrase) => void;
  /** Tell what is wrong: once somebody tried to go on. */
  readonly isTried: boolean;
}

/** A new passphrase, twice, with a word on how well it holds. */
export function PassphraseFields(props: PassphraseFieldsProps): JSX.Element {
  const texts = useTexts(commonTexts);
  const { label = texts.newPassphrase, passphrase, onChange, isTried } = props;
  const [isShown, setShown] = useState(false);
  const fault = isTried ? passphraseFault(passphrase) : undefined;
  const type = isShown ? 'text' : 'password';
  const strength = passphraseStrength(passphrase.value);
  return (
    <div class="stack">
      <WalletUser />
      <TextInput
        label={label}
        hint={texts.newPassphraseHint}
        error={fault === 'tooShort' && texts.tooShort}
        type={type}
        autocomplete="new-password"
        value={passphrase.value}
        onInput={(value) => onChange({ ...passphrase, value })}
      />
      <p class="strength" data-bars={passphrase.value === '' ? 0 : bars[strength]} role="status">
        <span class="visually-hidden">{texts.strengthLabel}</span>
        {passphrase.value !== '' && (
          <>
            <Icon name={icons[strength]} />
            <span>{texts.strength[strength]}</span>
          </>
        )}
      </p>
      <TextInput
        label={texts.repeat}
        error={fault === 'differ' && texts.differ}
        type={type}
        autocomplete="new-password"
        value={passphrase.repeated}
        onInput={(repeated) => onChange({ ...passphrase, repeated })}
      />
      <Checkbox label={texts.show} checked={isShown} onChange={setShown} />
    </div>
  );
}
