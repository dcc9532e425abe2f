/** Ends the threads that snarkjs keeps in a global for later; until they end, Node does not exit. */
export async function endSnarkjsThreads(): Promise<void> {
  const { curve_bn128: curve } = globalThis as {
    curve_bn128?: { terminate(): Promise<void> } | null;
  };
  await curve?.terminate();
}
