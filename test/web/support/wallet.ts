import type { BrowserContext, Page } from 'playwright-core';
import { sampleMnemonic } from '../../../src/service/sample-ledger.ts';

export const PASSPHRASE = 'four quiet ferry lamps';

/** What is on the screens of the wallet, in the language of the page. */
export const walletWords = {
  zh: {
    home: '我的钱包',
    hadOne: '我以前有过钱包',
    pasteAll: '一次粘贴 12 个词',
    pasted: '12 个词，用空格隔开',
    goOn: '继续',
    newPassphrase: '新口令',
    repeat: '再输入一遍',
    done: '完成',
    passphrase: '口令',
    unlock: '打开',
  },
  en: {
    home: 'My wallet',
    hadOne: 'I had a wallet',
    pasteAll: 'Paste all 12 at once',
    pasted: '12 words with spaces between them',
    goOn: 'Go on',
    newPassphrase: 'New passphrase',
    repeat: 'The same once more',
    done: 'Done',
    passphrase: 'Passphrase',
    unlock: 'Unlock',
  },
} as const;

type Words = (typeof walletWords)['zh' | 'en'];

/** On the first screen of the wallet: recovers a person of the sample, and waits for what follows. */
export async function recoverSample(page: Page, role: string, words: Words): Promise<void> {
  await recover(page, sampleMnemonic(role), words);
}

export async function recover(page: Page, mnemonic: string, words: Words): Promise<void> {
  await page.getByRole('link', { name: words.hadOne }).click();
  await page.getByText(words.pasteAll).click();
  await page.getByLabel(words.pasted).fill(mnemonic);
  await page.getByRole('button', { name: words.goOn }).click();
  await choosePassphrase(page, words);
}

/** On the screen that asks how to unlock. */
export async function choosePassphrase(page: Page, words: Words): Promise<void> {
  await page.getByLabel(words.newPassphrase, { exact: true }).fill(PASSPHRASE);
  await page.getByLabel(words.repeat).fill(PASSPHRASE);
  await page.getByRole('button', { name: words.done, exact: true }).click();
  await page.getByLabel(words.repeat).waitFor({ state: 'detached', timeout: 60_000 });
}

/** On a locked wallet. */
export async function unlock(page: Page, words: Words, passphrase = PASSPHRASE): Promise<void> {
  await page.getByLabel(words.passphrase, { exact: true }).fill(passphrase);
  await page.getByRole('button', { name: words.unlock, exact: true }).click();
}

/** Everything the browser keeps for the site, as text: bytes in hexadecimal and as characters. */
export async function everythingKept(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const hex = (bytes: Uint8Array) =>
      [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
    const told = (value: unknown): string => {
      if (value instanceof Uint8Array) return `${hex(value)} ${new TextDecoder().decode(value)}`;
      if (typeof value === 'object' && value !== null) {
        return Object.entries(value)
          .map(([name, one]) => `${name}: ${told(one)}`)
          .join('\n');
      }
      return String(value);
    };
    const asked = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const parts = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })];
    for (const { name } of await indexedDB.databases()) {
      const db = await asked(indexedDB.open(name ?? ''));
      for (const store of db.objectStoreNames) {
        const objects = db.transaction(store).objectStore(store);
        parts.push((await asked(objects.getAllKeys())).map(String).join('\n'));
        parts.push((await asked(objects.getAll())).map(told).join('\n'));
      }
      db.close();
    }
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      if (name.startsWith('workbox')) continue;
      for (const request of await cache.keys()) {
        parts.push(request.url, (await (await cache.match(request))?.text()) ?? '');
      }
    }
    return parts.join('\n');
  });
}

/** A device with a fingerprint sensor, as Chromium plays it: it always agrees. */
export async function addFingerprint(context: BrowserContext, page: Page): Promise<void> {
  const debug = await context.newCDPSession(page);
  await debug.send('WebAuthn.enable');
  await debug.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', ctap2Version: 'ctap2_1', transport: 'internal' },
      ...{ hasResidentKey: true, hasUserVerification: true, hasPrf: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  });
}
