/** Where secret bytes come from; passed in, so that a test can fix them. */
export type RandomBytes = (length: number) => Uint8Array;

/** The platform's cryptographic generator (Node and browsers). */
export const systemRandom: RandomBytes = (length) =>
  globalThis.crypto.getRandomValues(new Uint8Array(length));
