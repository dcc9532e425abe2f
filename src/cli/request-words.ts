import type { Language } from '../core/errors/canbao-error.ts';
import type { PresentationRequest } from '../request/presentation-request.ts';
import { statementModule } from '../statements/registry.ts';

/** What a holder reads before agreeing: who asks what, what is revealed, what stays hidden. */
export function requestLines(request: PresentationRequest, language: Language): string[] {
  const { text } = statementModule(request.statement);
  const zh = language === 'zh';
  const { params } = request;
  const list = (items: string[]) => items.map((item) => `  · ${item}`);
  return [
    zh
      ? `${request.audience} 为“${request.purpose}”请求证明：`
      : `${request.audience} asks, for “${request.purpose}”:`,
    `  ${text.asks(params, language)}`,
    zh ? '对方将得知：' : 'They will learn:',
    ...list(text.reveals(params, language)),
    zh ? '对方不会得知：' : 'They will not learn:',
    ...list(text.hides(params, language)),
  ];
}
