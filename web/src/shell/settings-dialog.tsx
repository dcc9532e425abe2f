import type { JSX } from 'preact';
import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, RadioCards } from '../ui/choices.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { readAloud, useVoice } from './read-aloud.ts';
import { changeSettings, useSettings } from './settings.ts';
import { shellTexts } from './shell-texts.ts';
import { useTexts } from './texts.ts';

const languages: readonly { value: Language; label: string }[] = [
  { value: 'zh', label: '中文' },
  { value: 'en', label: 'English' },
];

export interface SettingsDialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
}

/** How the pages are shown and read; what is chosen counts at once. */
export function SettingsDialog({ open, onClose }: SettingsDialogProps): JSX.Element {
  const texts = useTexts(shellTexts);
  const { language, largeType, highContrast } = useSettings();
  const voice = useVoice(language);
  const read = (by: SpeechSynthesisVoice) => {
    onClose();
    const main = document.querySelector('main');
    if (main) readAloud(main, by);
  };
  return (
    <Dialog open={open} title={texts.settings} closeLabel={texts.close} onClose={onClose}>
      <div class="stack">
        <RadioCards
          legend={texts.language}
          options={languages}
          value={language}
          onChange={(chosen) => changeSettings({ language: chosen })}
        />
        <Checkbox
          label={texts.largeType}
          hint={texts.largeTypeHint}
          checked={largeType}
          onChange={(chosen) => changeSettings({ largeType: chosen })}
        />
        <Checkbox
          label={texts.highContrast}
          hint={texts.highContrastHint}
          checked={highContrast}
          onChange={(chosen) => changeSettings({ highContrast: chosen })}
        />
        {voice && (
          <Button icon="speaker" onClick={() => read(voice)}>
            {texts.readAloud}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
