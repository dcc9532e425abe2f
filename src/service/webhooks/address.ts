import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** The machine itself, where development may send without TLS. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];
const MOST_CHARACTERS = 2000;

/**
 * Reads where a webhook goes: https, and outside production also http on this machine. Where a name
 * leads is seen only when it is connected to.
 * @throws webhook.bad_url, webhook.private_address
 */
export function webhookUrl(text: string, { production }: { readonly production: boolean }): URL {
  const bad = (reason: string) => new CanbaoError('webhook.bad_url', { reason });
  if (text.length > MOST_CHARACTERS || !URL.canParse(text)) throw bad('not an address');
  const url = new URL(text);
  const isLocal = !production && LOCAL_HOSTS.includes(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) throw bad('https only');
  if (url.username || url.password) throw bad('no user or password in it');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (production && isIP(host) && isPrivate(host)) throw new CanbaoError('webhook.private_address');
  return url;
}

/** Networks that are not the internet, by the registries of special-purpose addresses. */
const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['2001::', 23], // Teredo, ORCHID, benchmarks
  ['2001:db8::', 32],
  ['2002::', 16], // carries IPv4 addresses
  ['3fff::', 20],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv6');
}
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Whether an address is not one of the internet. @param address IPv4 or IPv6 */
export function isPrivate(address: string): boolean {
  if (isIP(address) === 4) return privateNetworks.check(address, 'ipv4');
  // Mapped, translated, local, multicast: all outside of 2000::/3.
  return !global6.check(address, 'ipv6') || privateNetworks.check(address, 'ipv6');
}

type Resolved = (error: Error | null, addresses: string | LookupAddress[], family?: number) => void;

/**
 * Resolves a name for the connection itself, and refuses it if it leads into a private network: what
 * was checked is what is connected to, whatever the name says a moment later.
 */
export function publicLookup(name: string, options: LookupOptions, resolved: Resolved): void {
  lookup(name, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error || !first) return resolved(error ?? new Error('no address'), []);
    if (addresses.some(({ address }) => isPrivate(address))) {
      return resolved(new CanbaoError('webhook.private_address'), []);
    }
    if (options.all) return resolved(null, addresses);
    return resolved(null, first.address, first.family);
  });
}
