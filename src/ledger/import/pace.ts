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
 * @param rows in already when the run began: they are passed over quickly, and do not count
 */
export function paceMeter(now: () => number, rows: number) {
  const before = rows;
  const started = now();
  let first: ReadShare | undefined;
  return (rows: number, share: ReadShare): ImportProgress => {
    const seconds = Math.max(now() - started, 1) / 1000;
    // What was passed over before the first step is that step's share less its own rows'.
    first ??= {
      ...share,
      bytes: rows > 0 ? (share.bytes * before) / rows : 0,
    };
    const done = Math.max(share.bytes - first.bytes, 1);
    return {
      ...share,
      rows,
      rowsPerSecond: (rows - before) / seconds,
      secondsLeft: (seconds * Math.max(share.totalBytes - share.bytes, 0)) / done,
    };
  };
}
