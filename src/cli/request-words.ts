import type { Language } from '../core/errors/canbao-error.ts';
import { type AnyRequest, isRequestSet, requestsOf } from '../request/any-request.ts';
import { statementModule } from '../statements/registry.ts';

/** What a holder reads before agreeing: who asks what, what is revealed, what stays hidden. */
export function requestLines(request: AnyRequest, language: Language): string[] {
  const zh = language === 'zh';
  const asked = requestsOf(request).map(({ statement, params }) => {
    const { text } = statementModule(statement);
    return {
      asks: text.asks(params, language),
      reveals: text.reveals(params, language),
      hides: text.hides(params, language),
    };
  });
  const { audience = '', purpose = '' } = requestsOf(request)[0] ?? {};
  const isSet = isRequestSet(request);
  const isAny = isSet && request.mode === 'any';
  const list = (items: readonly string[]) => items.map((item) => `  · ${item}`);
  const reveals = [...new Set(asked.flatMap((one) => one.reveals))];
  const inAny = inAll(asked.map((one) => one.reveals));
  const learn = isAny
    ? {
        zh: '对方将得知您选择证明的一项，以及是哪一项：',
        en: 'They will learn one of these, and which:',
      }
    : { zh: '对方将得知：', en: 'They will learn:' };
  return [
    zh ? `${audience} 为“${purpose}”请求证明：` : `${audience} asks, for “${purpose}”:`,
    ...(isSet ? [modeLine(request.mode, language)] : []),
    ...asked.map(({ asks }, i) => (isSet ? `  ${i + 1}. ${asks}` : `  ${asks}`)),
    learn[language],
    ...list(reveals.filter((item) => !inAny.includes(item))),
    ...(isAny ? [zh ? '无论哪一项，对方还将得知：' : 'And whichever it is:'] : []),
    ...list(inAny),
    zh ? '对方不会得知：' : 'They will not learn:',
    // What one statement hides another may ask about: only what all of them hide is promised.
    ...list(inAll(asked.map(({ hides }) => hides))),
  ];
}

/** `All of the following:`, `One of the following:`. */
function modeLine(mode: 'all' | 'any', language: Language): string {
  if (language === 'zh') return mode === 'all' ? '以下各项均需证明：' : '以下任选一项证明：';
  return mode === 'all' ? 'All of the following:' : 'One of the following:';
}

function inAll([first = [], ...others]: readonly (readonly string[])[]): readonly string[] {
  return first.filter((item) => others.every((other) => other.includes(item)));
}
