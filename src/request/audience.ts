import { CanbaoError } from '../core/errors/canbao-error.ts';

const MAX_AUDIENCE = 300;
const MAX_PURPOSE = 120;
const CAIP10 = /^eip155:[1-9][0-9]{0,31}:0x[0-9a-f]{40}$/;
/** Control, format (bidirectional overrides too), surrogate and private-use characters, line breaks. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/**
 * Who a proof is made for, in its one form: an https origin (`https://example.org`, for development
 * also `http://localhost:8080`), or a contract as CAIP-10 (`eip155:1337:0x…`, lower case).
 * @throws request.bad_audience
 */
export function assertAudience(audience: string): void {
  const valid = audience.length <= MAX_AUDIENCE && (CAIP10.test(audience) || isOrigin(audience));
  if (!valid) throw new CanbaoError('request.bad_audience');
}

/**
 * What a proof is made for. NFC, so that what looks equal is equal. A colon would let two pairs of
 * audience and purpose share a scope; the contract refuses it too.
 * @throws request.bad_purpose
 */
export function assertPurpose(purpose: string): void {
  const length = [...purpose].length;
  const valid =
    length >= 1 &&
    length <= MAX_PURPOSE &&
    purpose === purpose.normalize('NFC').trim() &&
    !purpose.includes(':') &&
    !INVISIBLE.test(purpose);
  if (!valid) throw new CanbaoError('request.bad_purpose');
}

/** `URL` writes an origin in one way only: lower case, no default port, no path, no user. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { origin, protocol, hostname } = new URL(text);
  const trusted = protocol === 'https:' || (protocol === 'http:' && hostname === 'localhost');
  return trusted && origin === text;
}
