import type { ReadShare } from './file-row.ts';

export interface ImportProgress extends ReadShare {
  /** Rows of the file that are in. */
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Until the file is in, at the present pace. */
  readonly secondsLeft: number;
}

/**
 * Tells the pace of an import from its steps, averaged over its run.
 * @param now milliseconds
 * @param before rows that were in when the run began: they are passed over quickly, and do not count
 */
export function paceMeter(now: () => number, before: number) {
  const started = now();
  let passedOver: number | undefined;
  return (rows: number, share: ReadShare): ImportProgress => {
    const seconds = Math.max(now() - started, 1) / 1000;
    // Rows are about equally long.
    passedOver ??= rows > 0 ? (share.bytes * before) / rows : 0;
    const done = Math.max(share.bytes - passedOver, 1);
    return {
      ...share,
      rows,
      rowsPerSecond: (rows - before) / seconds,
      secondsLeft: (seconds * Math.max(share.totalBytes - share.bytes, 0)) / done,
    };
  };
}
