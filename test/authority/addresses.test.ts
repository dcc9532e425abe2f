import { describe, expect, it } from 'vitest';
import { parsePeerUrl } from '../../src/authority/http/peer-url.ts';
import { parseListen } from '../../src/http/listen.ts';

describe('the address of a peer', () => {
  it.each([
    'https://canbao.example',
    'https://canbao.example:7300',
    'http://127.0.0.1:7300',
    'http://[::1]:7300/',
    'http://localhost',
  ])('may be %s', (text) => {
    expect(parsePeerUrl(text).origin).toBe(text.replace(/\/$/, ''));
  });

  it.each([
    ['canbao.example', 'not a URL'],
    ['ftp://canbao.example', 'https expected'],
    ['http://canbao.example', 'https expected; CANBAO_ALLOW_HTTP=1 trusts the network'],
    ['http://127.0.0.1.example', 'https expected; CANBAO_ALLOW_HTTP=1 trusts the network'],
    ['https://user@canbao.example', 'only scheme, host and port'],
    ['https://canbao.example/v1', 'only scheme, host and port'],
    ['https://canbao.example/?a', 'only scheme, host and port'],
  ])('is not %s: %s', (peer, reason) => {
    expect(() => parsePeerUrl(peer)).toThrow(
      expect.objectContaining({ code: 'peer.bad_url', facts: { peer, reason } }),
    );
  });

  it('may be in the clear where the network is trusted', () => {
    expect(parsePeerUrl('http://canbao.example', true).protocol).toBe('http:');
  });
});

describe('where to listen', () => {
  it.each([
    ['7300', { host: '127.0.0.1', port: 7300 }],
    ['0.0.0.0:0', { host: '0.0.0.0', port: 0 }],
    ['[::1]:7300', { host: '::1', port: 7300 }],
    ['canbao.example:443', { host: 'canbao.example', port: 443 }],
  ])('%s', (text, expected) => {
    expect(parseListen(text, '--listen')).toEqual(expected);
  });

  it.each(['', 'here', 'here:', ':7300', '::1:7300', '127.0.0.1:65536', 'a b:1', '-1'])(
    'is not "%s"',
    (text) => {
      expect(() => parseListen(text, '--listen')).toThrow(
        expect.objectContaining({ code: 'cli.bad_option' }),
      );
    },
  );
});
