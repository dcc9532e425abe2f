import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icons.tsx';
import { changeSettings, useSettings } from './settings.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { shellTexts } from './shell-texts.ts';
import { useTexts } from './texts.ts';

const names = { zh: '中文', en: 'EN English' } as const;

/** The name, the page, and how it is shown. */
export function Header({ page }: { readonly page: string | undefined }): JSX.Element {
  const texts = useTexts(shellTexts);
  const { language, largeType } = useSettings();
  const [isOpen, setOpen] = useState(false);
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <header class="header no-print">
      <div class="header__inner">
        <a class="brand" href="/">
          <img class="brand__mark" src="/icon.svg" alt="" width={36} height={36} />
          <span class="brand__text">
            <span class="brand__name">
              <span lang="zh-CN">参保</span> <span lang="en">Canbao</span>
            </span>
            {page !== undefined && <span class="brand__page">{page}</span>}
          </span>
        </a>
        <div class="header__tools">
          <Button
            pressed={largeType}
            label={texts.largeType}
            onClick={() => changeSettings({ largeType: !largeType })}
          >
            {texts.largeShort}
          </Button>
          <Button label={names[other]} onClick={() => changeSettings({ language: other })}>
            <span lang={other === 'zh' ? 'zh-CN' : 'en'}>{texts.otherLanguage}</span>
          </Button>
          <Button label={texts.settings} onClick={() => setOpen(true)}>
            <Icon name="gear" />
          </Button>
        </div>
      </div>
      <SettingsDialog open={isOpen} onClose={() => setOpen(false)} />
    </header>
  );
}
