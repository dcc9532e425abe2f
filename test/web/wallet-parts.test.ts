import { expect, test } from 'vitest';
import { CanbaoError, type Language } from '../../src/core/errors/canbao-error.ts';
import { type MonthIndex, parseMonth } from '../../src/core/month.ts';
import { createEnrolment } from '../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { newMnemonic } from '../../src/holder/mnemonic.ts';
import type { Account, MonthEntry } from '../../src/ledger/account.ts';
import { monthBit } from '../../src/ledger/month-set.ts';
import { enrolmentCode, ofEnrolmentCode } from '../../web/src/shared/enrolment-code.ts';
import { faultText } from '../../web/src/shell/fault-text.ts';
import { passphraseStrength } from '../../web/src/wallet/passphrase-strength.ts';
import { baseSteps, pictureOf } from '../../web/src/wallet/record/months.ts';
import { isSameWord, wordQuestions } from '../../web/src/wallet/setup/questions.ts';
import { nearestWord, splitWords } from '../../web/src/wallet/setup/word-check.ts';

test('a passphrase is told by how well it holds', () => {
  const told = [
    ...(['1234567', 'short'] as const),
    ...(['12345678', 'guessable'] as const),
    ...(['aaaaaaaaaaaaaaaa', 'guessable'] as const),
    ...(['password123', 'guessable'] as const),
    ...(['19580312', 'guessable'] as const),
    ...(['门前老槐树开花', 'short'] as const),
    ...(['门前老槐树又开花', 'good'] as const),
    ...(['k7#mZr2w', 'fair'] as const),
    ...(['four quiet ferry lamps', 'good'] as const),
  ];
  for (let i = 0; i < told.length; i += 2) {
    expect(passphraseStrength(told[i] ?? ''), told[i]).toBe(told[i + 1]);
  }
});

test('words are read as people write them, and a slip is noticed', () => {
  expect(splitWords(' 1. Legal, winner\n2) thank ')).toEqual(['legal', 'winner', 'thank']);
  expect(splitWords('1未度 乐')).toEqual(['未', '度', '乐']);
  expect(nearestWord('abandn')).toBe('abandon');
  expect(nearestWord('recieve')).toBe('receive');
  expect(nearestWord('winnner')).toBe('winner');
  // Several are as near: none is put into anybody's mouth.
  expect(nearestWord('bett')).toBeUndefined();
  expect(nearestWord('qqqqqqq')).toBeUndefined();
});

test('three different words are asked, each among six of the twelve', () => {
  for (let run = 0; run < 50; run++) {
    const mnemonic = newMnemonic(run % 2 === 0 ? 'zh' : 'en');
    const words = mnemonic.split(' ');
    const questions = wordQuestions(mnemonic);
    expect(new Set(questions.map(({ place }) => place)).size).toBe(3);
    for (const { place, word, options } of questions) {
      expect(word).toBe(words[place]);
      expect(options).toContain(word);
      expect(new Set(options).size).toBe(Math.min(6, new Set(words).size));
      expect(isSameWord(` ${word.toUpperCase()} `, word)).toBe(true);
    }
  }
});

const month = (text: string) => parseMonth(text);
const entry = (text: string, yuan: number): MonthEntry => ({
  ...{ month: month(text), baseFen: (yuan * 100) as MonthEntry['baseFen'] },
  ...{ paidMask: 1, lateMask: 0, category: 0, region: 350203, employer: 0n },
});

test('a gap lies between paid months; before and after is none', () => {
  const set = (...months: string[]) =>
    months.reduce((all, text) => all | monthBit(month(text)), 0n);
  const paid = set('2019-11', '2019-12', '2020-03', '2020-04');
  const none = { paid: 0n, late: 0n };
  const account = {
    coverage: [{ paid, late: set('2020-03') }, none, none, none, none],
    months: [entry('2019-11', 4000), entry('2020-04', 5000)],
  } as unknown as Account;
  const picture = pictureOf(account, 0, month('2026-10'));
  expect(picture.years.map(({ year }) => year)).toEqual([2019, 2020]);
  const kinds = picture.years.flatMap(({ cells }) => cells.map(({ kind }) => kind[0]));
  expect(kinds.join('')).toBe('oooooooooopp' + 'gglpoooooooo');
  expect(picture).toMatchObject({ paid: 4, late: 1, gaps: 2 });
  expect([picture.first, picture.last]).toEqual([month('2019-11'), month('2020-04')]);
  // Another insurance has the same rows, and nothing in them.
  const medical = pictureOf(account, 1, month('2026-10'));
  expect(medical.years).toHaveLength(2);
  expect(medical).toMatchObject({ paid: 0, gaps: 0 });
  expect(medical.first).toBeUndefined();
});

test('a base that stays is one step, and a month without a record ends it', () => {
  const months = [entry('2020-01', 4000), entry('2020-02', 4000), entry('2020-03', 5000)];
  const after = entry('2020-05', 5000);
  const steps = baseSteps([...months, after]).map(({ from, to, baseFen }) => [
    ...([from, to] as MonthIndex[]),
    baseFen / 100,
  ]);
  expect(steps).toEqual([
    [month('2020-01'), month('2020-02'), 4000],
    [month('2020-03'), month('2020-03'), 5000],
    [month('2020-05'), month('2020-05'), 5000],
  ]);
});

test('an enrolment comes out of its code as it went in, and out of nothing else', () => {
  const enrolment = createEnrolment(deriveHolderKeys(new Uint8Array(32).fill(7)));
  const code = enrolmentCode(enrolment);
  expect(code).toMatch(/^[0-9A-Z:-]{300,330}$/);
  expect(ofEnrolmentCode(code)).toEqual(enrolment);
  for (const other of [code.slice(0, -1), code.slice(0, -8), `${code}AAAA`, `${code}?`]) {
    expect(() => ofEnrolmentCode(other), other).toThrow(/not valid: QR/);
  }
});

test('a fault is told without the English that programs get', () => {
  const told = (reason: string, language: Language = 'zh') =>
    faultText(new CanbaoError('presentation.malformed', { reason }), language);
  expect(told('the code is damaged')).toBe('出示文件格式错误：编码有误或不完整');
  expect(told('code 2 of 3 is missing')).toBe('出示文件格式错误：共 3 个编码，还缺第 2 个');
  expect(told('request.nonce: Invalid input')).toBe('出示文件格式错误');
  expect(told('the code is damaged', 'en')).toContain(': the code is damaged');
  // A number says as much in any language; and what is not in English stays.
  const tooLarge = new CanbaoError('cli.bad_file', { path: 'a.json', reason: '20 MB > 16 MB' });
  expect(faultText(tooLarge, 'zh')).toContain('20 MB > 16 MB');
  const link = new CanbaoError('sdk.bad_link', { reason: 'elsewhere.example' });
  expect(faultText(link, 'zh')).toContain('elsewhere.example');
});
