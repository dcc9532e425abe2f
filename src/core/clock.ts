/** Seconds since 1970 (Unix time), passed in so that a test can fix it. */
export type Clock = () => number;

export const systemClock: Clock = () => Math.floor(Date.now() / 1000);
