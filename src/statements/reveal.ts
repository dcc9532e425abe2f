import type { Language } from '../core/errors/canbao-error.ts';
import { commonText, type Params, type StatementText } from './statement-text.ts';

/** What a proof tells, whatever the statement: that what was asked is true, the key's age, the nullifier. */
export function revealsOf(asks: StatementText['asks']): StatementText['reveals'] {
  return (params: Params, language: Language) => {
    const key = commonText.identityBefore(params, language);
    return [
      language === 'zh'
        ? `下述情况属实：${asks(params, 'zh')}`
        : `That this is true: ${asks(params, 'en')}`,
      ...(key ? [key] : []),
      commonText.reveals[language],
    ];
  };
}
