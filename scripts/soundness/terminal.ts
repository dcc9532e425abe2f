/** How far a check is, on standard error: one line that rewrites itself, or one line a subject. */
export function progressTo(stream: NodeJS.WriteStream): (what: string, share: number) => void {
  let last = '';
  return (what, share) => {
    const text = `${what}${share > 0 ? ` ${Math.floor(share * 100)} %` : ''}`;
    if (stream.isTTY) stream.write(`\r\u001b[2K${text}`);
    else if (what !== last) stream.write(`${what}\n`);
    last = what;
  };
}

/** Removes the progress line. */
export function clearProgress(stream: NodeJS.WriteStream): void {
  if (stream.isTTY) stream.write('\r\u001b[2K');
}
