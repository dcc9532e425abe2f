import { type Fr, toFr } from './field.ts';

/** A domain tag is its ASCII text read as a big-endian number: 17 bytes or fewer, so no two meet. */
function asciiTag(text: string): Fr {
  let value = 0n;
  for (const char of text) value = (value << 8n) | BigInt(char.charCodeAt(0));
  return toFr(value, text);
}

/** Domain tags of the hashes a leaf or a proof depends on; `circuits/lib/tags.circom` is generated from here. */
export const tags = {
  TAG_ACCOUNT: asciiTag('canbao.account.v1'),
  TAG_EMPLOYER: asciiTag('canbao.employ.v1'),
  TAG_HOLDER: asciiTag('canbao.holder.v1'),
  TAG_NULLIFIER: asciiTag('canbao.nullif.v1'),
} as const;
