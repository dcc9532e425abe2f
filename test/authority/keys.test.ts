import { writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { hashTypedData } from 'viem';
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeystore } from '../../src/chain/accounts/keystore.ts';
import { signerAccount } from '../../src/chain/accounts/signer-account.ts';
import { isSignatureOf, signCommitment } from '../../src/chain/epoch-commitment.ts';
import { authorityKey } from '../../src/runtime/authority-key.ts';
import { withFolder } from '../ledger/stores.ts';
import { commitment } from '../support/test-chain.ts';

/** Test vectors of the Web3 Secret Storage Definition. */
const passphrase = 'testpassword';
const secret = '0x7a28b5ba57c53603b0b07b56bba752f7784bf506fa95edc395f5cf6c7514fe9d';
const pbkdf2 = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '6087dab2f9fdbbfaddc31a909735c1e6' },
    ciphertext: '5318b4d5bcd28de64ee5559e671353e16f075ecae9f99c7a79a38af5f869aa46',
    kdf: 'pbkdf2',
    kdfparams: {
      c: 262144,
      dklen: 32,
      prf: 'hmac-sha256',
      salt: 'ae3cd4e7013836a3df6bd7241b12db061dbe2c6785853cce422d148a624ce0bd',
    },
    mac: '517ead924a9d0dc3124507e3393d175ce3ff7c1e96529c6c555ce9e51205e9b2',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
};
const scrypt = {
  crypto: {
    cipher: 'aes-128-ctr',
    cipherparams: { iv: '83dbcc02d8ccb40e466191a123791e0e' },
    ciphertext: 'd172bf743a674da9cdad04534d56926ef8358534d458fffccd4e6ad2fbde479c',
    kdf: 'scrypt',
    kdfparams: {
      dklen: 32,
      n: 262144,
      p: 8,
      r: 1,
      salt: 'ab0c7876052600dd703518d6fc3fe8984592145b591fc8fb5c6d43190334ba19',
    },
    mac: '2103ac29920d71da29f15d75b4a16dbe95cfd7ff8faea1056c33131d846e3097',
  },
  id: '3198bc9c-6672-5ab3-d995-4942343ae5b6',
  version: 3,
};

describe('a keystore file', () => {
  it.each([
    ['PBKDF2', pbkdf2],
    ['scrypt', scrypt],
  ])('of the specification opens: %s', async (_, file) => {
    expect(await openKeystore(file, passphrase)).toBe(secret);
  });

  it('stays shut with another passphrase, or where it was changed', async () => {
    const { crypto } = pbkdf2;
    const changed = {
      ...pbkdf2,
      crypto: { ...crypto, ciphertext: `00${crypto.ciphertext.slice(2)}` },
    };
    for (const [file, words] of [
      [pbkdf2, 'testpasswore'],
      [changed, passphrase],
    ] as const) {
      await expect(openKeystore(file, words)).rejects.toMatchObject({
        code: 'keystore.not_opened',
      });
    }
  });

  const params = (changes: object) => ({
    ...scrypt,
    crypto: { ...scrypt.crypto, kdfparams: { ...scrypt.crypto.kdfparams, ...changes } },
  });
  it.each<[string, unknown]>([
    ['no object', 'key'],
    ['version 1', { ...scrypt, version: 1 }],
    ['another cipher', { ...scrypt, crypto: { ...scrypt.crypto, cipher: 'aes-128-cbc' } }],
    ['another derivation', { ...scrypt, crypto: { ...scrypt.crypto, kdf: 'argon2' } }],
    ['a short check', { ...scrypt, crypto: { ...scrypt.crypto, mac: '21' } }],
    ['memory without end', params({ n: 2 ** 24, r: 8 })],
    ['n no power of two', params({ n: 1000 })],
    ['a short derived key', params({ dklen: 16 })],
    ['PBKDF2 with scrypt’s numbers', { ...scrypt, crypto: { ...scrypt.crypto, kdf: 'pbkdf2' } }],
  ])('is refused: %s', async (_, file) => {
    await expect(openKeystore(file, passphrase)).rejects.toMatchObject({
      code: 'keystore.malformed',
    });
  });
});

const account = privateKeyToAccount(secret);
const ask = () => Promise.reject(new Error('nobody is asked here'));

describe('the key the environment names', () => {
  it('is none, where it names none', async () => {
    expect(await authorityKey({}, ask)).toBeUndefined();
  });

  it('is the key itself, with or without 0x', async () => {
    for (const key of [secret, secret.slice(2)]) {
      const read = await authorityKey({ CANBAO_AUTHORITY_KEY: key }, ask);
      expect(read?.address).toBe(account.address);
    }
  });

  it('is in a keystore file, with the passphrase set, in a file, or typed', () =>
    withFolder(async (folder) => {
      const CANBAO_KEYSTORE = join(folder, 'key.json');
      const CANBAO_KEYSTORE_PASSPHRASE_FILE = join(folder, 'words');
      await writeFile(CANBAO_KEYSTORE, JSON.stringify(pbkdf2));
      await writeFile(CANBAO_KEYSTORE_PASSPHRASE_FILE, `${passphrase}\n`);
      const given = { CANBAO_KEYSTORE, CANBAO_KEYSTORE_PASSPHRASE: passphrase };
      const inFile = { CANBAO_KEYSTORE, CANBAO_KEYSTORE_PASSPHRASE_FILE };
      const typed = async () => passphrase;
      for (const read of [
        await authorityKey(given, ask),
        await authorityKey(inFile, ask),
        await authorityKey({ CANBAO_KEYSTORE }, typed),
      ]) {
        expect(read?.address).toBe(account.address);
      }
    }));

  it.each<[Record<string, string>, string]>([
    [{ CANBAO_AUTHORITY_KEY: secret.slice(0, -1) }, 'authority.bad_key'],
    [{ CANBAO_AUTHORITY_KEY: `0x${'00'.repeat(32)}` }, 'authority.bad_key'],
    [{ CANBAO_AUTHORITY_KEY: `0x${'ff'.repeat(32)}` }, 'authority.bad_key'],
    [{ CANBAO_AUTHORITY_KEY: secret, CANBAO_KEYSTORE: 'x' }, 'authority.bad_key'],
    [{ CANBAO_KEYSTORE: '/nowhere/key.json' }, 'cli.no_file'],
    [{ CANBAO_KEYSTORE: 'README.md' }, 'keystore.malformed'],
    [{ CANBAO_SIGNER_URL: 'http://127.0.0.1:1' }, 'authority.bad_key'],
    [
      { CANBAO_SIGNER_URL: 'file:///key', CANBAO_AUTHORITY_ADDRESS: account.address },
      'authority.bad_key',
    ],
  ])('is refused: %j', async (environment, code) => {
    const error = await authorityKey(environment, ask).catch((one: unknown) => one);
    expect(error).toMatchObject({ code });
    // Not even half a key is told.
    expect(String((error as Error).message)).not.toContain(secret.slice(2, 12));
  });
});

describe('a signer elsewhere', () => {
  let server: Server;
  let url: string;
  let calls: { method: string; params: [string, string] }[];
  let key = account;
  let refuses = false;
  beforeEach(async () => {
    calls = [];
    key = account;
    refuses = false;
    server = createServer(async (request, response) => {
      let text = '';
      for await (const chunk of request) text += chunk;
      const { id, ...call } = JSON.parse(text);
      calls.push(call);
      response.setHeader('content-type', 'application/json');
      const result = await key.signTypedData(JSON.parse(call.params[1]));
      const error = { code: -32_000, message: 'the operator said no' };
      response.end(JSON.stringify({ jsonrpc: '2.0', id, ...(refuses ? { error } : { result }) }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const domain = { chainId: 31_337, registry: account.address };
  const value = commitment({ root: 5n, previous: 2n ** 250n });
  const sign = () => signCommitment(domain, signerAccount(url, account.address), value);

  it('signs a commitment as the key itself would', async () => {
    const signed = await sign();
    expect(signed).toEqual(await signCommitment(domain, account, value));
    expect(await isSignatureOf(domain, value, signed)).toBe(true);
    expect(calls).toMatchObject([{ method: 'eth_signTypedData_v4' }]);
    const [address, data] = calls[0]?.params ?? [];
    expect(address).toBe(account.address);
    expect(hashTypedData(JSON.parse(data ?? ''))).toMatch(/^0x[0-9a-f]{64}$/);
  });

  it('that has another key is found out', async () => {
    key = privateKeyToAccount(generatePrivateKey());
    await expect(sign()).rejects.toMatchObject({ code: 'signer.wrong_key' });
  });

  it('that refuses, or is not there, is said so', async () => {
    refuses = true;
    await expect(sign()).rejects.toMatchObject({
      code: 'signer.failed',
      facts: { reason: 'the operator said no' },
    });
    expect(calls).toHaveLength(1);
    const gone = signerAccount('http://user:word@127.0.0.1:9', account.address);
    const error = await signCommitment(domain, gone, value).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'signer.failed' });
    expect((error as Error).message).not.toContain('word');
  });

  it('signs typed data and nothing else', async () => {
    const signer = signerAccount(url, account.address);
    await expect(signer.signMessage({ message: 'x' })).rejects.toMatchObject({
      code: 'signer.failed',
    });
    expect(calls).toEqual([]);
  });
});
