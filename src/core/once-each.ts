/** Asks for each thing once; for what failed, anew the next time. */
export function onceEach<K, T>(ask: (key: K) => Promise<T>): (key: K) => Promise<T> {
  const known = new Map<K, Promise<T>>();
  return (key) => {
    const before = known.get(key);
    if (before) return before;
    const asking = ask(key);
    known.set(key, asking);
    asking.catch(() => known.delete(key));
    return asking;
  };
}
