import type { TestClient } from 'viem';

/** Mines a block every few milliseconds, as a chain does by itself, while `act` runs. */
export async function whileMining<T>(node: TestClient, act: () => Promise<T>): Promise<T> {
  let mining: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    mining = Promise.all([mining, node.mine({ blocks: 1 }).catch(() => {})]);
  }, 50);
  try {
    return await act();
  } finally {
    clearInterval(timer);
    await mining; // a block half made is neither there nor not
  }
}
