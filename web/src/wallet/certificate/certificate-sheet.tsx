import type { JSX } from 'preact';
import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { toMonthIndex } from '../../../../src/core/month.ts';
import { isRequestSet } from '../../../../src/request/any-request.ts';
import { formatDate, formatMonthOf } from '../../shared/format.ts';
import { QrShow } from '../../shared/qr-show.tsx';
import { checkingPage } from '../answer/proof-codes.ts';
import { asksText } from '../answer/questions.ts';
import { audienceOf, expiryOf, provenIn, purposeOf } from '../history/entry.ts';
import { type Certificate, shortNumber } from './certificate.ts';
import { certificateTexts } from './certificate-texts.ts';

const { zh, en } = certificateTexts;
const tags = { zh: 'zh-CN', en: 'en' } as const;

/** Both languages, the Chinese above. */
function Both({ texts }: { readonly texts: Readonly<Record<Language, string>> }): JSX.Element {
  return (
    <>
      <span class="sheet__zh" lang={tags.zh}>
        {texts.zh}
      </span>
      <span class="sheet__en" lang={tags.en}>
        {texts.en}
      </span>
    </>
  );
}

type PlainName = {
  [K in keyof typeof zh]: (typeof zh)[K] extends string ? K : never;
}[keyof typeof zh];
const both = (name: PlainName) => ({ zh: zh[name], en: en[name] });

/** One page of A4 in both languages: what is proven, for whom, and the code it is checked by. */
export function CertificateSheet({
  certificate,
}: {
  readonly certificate: Certificate;
}): JSX.Element {
  const { entry, codes, isDevelopment } = certificate;
  return (
    <article
      class="sheet"
      data-statements={Math.min(provenIn(entry).length, 4)}
      aria-label={`${zh.title} ${en.title}`}
    >
      <header class="sheet__head">
        <img src="/icon.svg" alt="" width={48} height={48} />
        <h2 class="sheet__title">
          <Both texts={both('title')} />
        </h2>
      </header>
      {isDevelopment && (
        <p class="sheet__development">
          <Both texts={both('development')} />
        </p>
      )}
      <Proven certificate={certificate} />
      <Facts certificate={certificate} />
      <div class="sheet__codes" data-count={Math.min(codes.length, 4)}>
        {codes.map((code, i) => (
          <figure key={code}>
            <QrShow
              text={code}
              alt={`${zh.qrAlt(i + 1, codes.length)} ${en.qrAlt(i + 1, codes.length)}`}
            />
            {codes.length > 1 && <figcaption>{zh.qrOf(i + 1, codes.length)}</figcaption>}
          </figure>
        ))}
        <div class="sheet__how">
          {entry.code && (
            <p class="sheet__typed">
              <Both texts={both('codeIs')} />
              <strong>{entry.code.code}</strong>
            </p>
          )}
          <h3>
            <Both texts={both('how')} />
          </h3>
          <p>
            <Both texts={{ zh: zh.howText(checkingPage()), en: en.howText(checkingPage()) }} />
          </p>
          {codes.length > 1 && (
            <p>
              <Both texts={{ zh: zh.howAll(codes.length), en: en.howAll(codes.length) }} />
            </p>
          )}
          <p>
            <Both texts={both('notAlone')} />
          </p>
        </div>
      </div>
    </article>
  );
}

function Proven({ certificate: { entry } }: { readonly certificate: Certificate }): JSX.Element {
  const { request } = entry;
  const count = isRequestSet(request) && request.mode === 'any' ? request.requests.length : 0;
  return (
    <section class="sheet__proven">
      <h3>
        <Both texts={both('proven')} />
      </h3>
      <ul>
        {provenIn(entry).map((one) => (
          <li key={one.nonce}>
            <Both texts={{ zh: asksText(one, 'zh'), en: asksText(one, 'en') }} />
          </li>
        ))}
      </ul>
      {count > 0 && (
        <p>
          <Both texts={{ zh: zh.anyOf(count), en: en.anyOf(count) }} />
        </p>
      )}
    </section>
  );
}

function Facts({ certificate }: { readonly certificate: Certificate }): JSX.Element {
  const { entry, isDevelopment } = certificate;
  const { presentation } = entry;
  const month = toMonthIndex(entry.month ?? 0);
  const until = expiryOf(entry);
  const facts: [PlainName, JSX.Element | string][] = [
    ['audience', audienceOf(entry)],
    ['purpose', purposeOf(entry)],
    [
      'until',
      <Both key="d" texts={{ zh: formatDate(until, 'zh'), en: formatDate(until, 'en') }} />,
    ],
    [
      'month',
      <Both key="m" texts={{ zh: formatMonthOf(month, 'zh'), en: formatMonthOf(month, 'en') }} />,
    ],
    ['root', <code key="r">{shortNumber(presentation?.epochRoot ?? '')}</code>],
    ['number', <code key="n">{shortNumber(presentation?.nullifier ?? '')}</code>],
    ['key', <Both key="k" texts={both(isDevelopment ? 'development' : 'ceremony')} />],
  ];
  return (
    <dl class="sheet__facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Both texts={both(name)} />
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
