/** `count` of the items, evenly over the list, the first among them; all of them if there are no more. */
export function spread<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(items.length / count, 1);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) =>
    Math.floor(i * step),
  ).flatMap((at) => items[at] ?? []);
}
