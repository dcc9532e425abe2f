import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isPrivate, publicLookup, webhookUrl } from '../../../src/service/webhooks/address.ts';
import { postJson } from '../../../src/service/webhooks/post.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
  'fc00::1',
  'fd12::1',
  'fe80::1',
  'fe80::1%lo',
  'ff02::1',
])('%s is private', (address) => {
  expect(isPrivate(address)).toBe(true);
});

test.each(['8.8.8.8', '172.32.0.1', '100.128.0.1', '192.167.0.1', '2606:4700::1', '240e::1'])(
  '%s is of the internet',
  (address) => {
    expect(isPrivate(address)).toBe(false);
  },
);

test.each([
  'http://verifier.test/',
  'ftp://verifier.test/',
  'file:///etc/passwd',
  'https://user:word@verifier.test/',
  'https://user@verifier.test/',
  'verifier.test',
  `https://verifier.test/${'x'.repeat(2000)}`,
])('%s is no address for webhooks', (url) => {
  for (const production of [true, false]) {
    expect(() => webhookUrl(url, { production })).toThrow(
      expect.objectContaining({ code: 'webhook.bad_url' }),
    );
  }
});

// Every way to write it that a URL takes.
test.each([
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '[::1]',
  '[::ffff:7f00:1]',
])('https://%s is refused in production', (host) => {
  expect(() => webhookUrl(`https://${host}/`, { production: true })).toThrow(
    expect.objectContaining({ code: 'webhook.private_address' }),
  );
  expect(webhookUrl(`https://${host}/`, { production: false }).protocol).toBe('https:');
});

test('a name that leads to this machine is refused as it is resolved, in both forms', async () => {
  const look = promisify(publicLookup);
  for (const all of [true, false]) {
    await expect(look('localhost', { all })).rejects.toMatchObject({
      code: 'webhook.private_address',
    });
  }
});

test('a connection in production goes to no private address, whatever its name', async () => {
  let connections = 0;
  const server = createServer((socket) => {
    connections++;
    socket.destroy();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const url = `https://localhost:${(server.address() as AddressInfo).port}/`;
  const post = { url, headers: {}, body: '{}', signal: new AbortController().signal };
  await expect(postJson({ ...post, production: true })).rejects.toMatchObject({
    code: 'webhook.private_address',
  });
  expect(connections).toBe(0);
  // The same goes through where it may: the server is there.
  await expect(postJson({ ...post, production: false })).rejects.toThrow();
  expect(connections).toBeGreaterThan(0);
  server.close();
});
