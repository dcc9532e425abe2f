import type { Engine } from './engine.ts';

interface Entry {
  readonly engine: Promise<Engine>;
  /** Proofs that are being made with it. */
  uses: number;
}

/** Engines of the keys used last; one that is in use is closed when its last proof is done. */
export class EngineCache {
  readonly #open: (zkey: Uint8Array) => Promise<Engine>;
  readonly #size: number;
  /** The last used last. */
  readonly #entries = new Map<Uint8Array, Entry>();

  constructor(open: (zkey: Uint8Array) => Promise<Engine>, size: number) {
    this.#open = open;
    this.#size = size;
  }

  /** Opens the key's engine unless it is there; one that does not open is tried anew next time. */
  async use<T>(zkey: Uint8Array, work: (engine: Promise<Engine>) => Promise<T>): Promise<T> {
    const entry = this.#entries.get(zkey) ?? { engine: this.#open(zkey), uses: 0 };
    this.#entries.delete(zkey);
    this.#entries.set(zkey, entry);
    entry.uses++;
    for (const [old, { uses, engine }] of this.#entries) {
      if (this.#entries.size <= this.#size) break;
      this.#entries.delete(old);
      if (uses === 0) close(engine);
    }
    entry.engine.catch(() => this.#drop(zkey, entry));
    try {
      return await work(entry.engine);
    } finally {
      entry.uses--;
      if (entry.uses === 0 && this.#entries.get(zkey) !== entry) close(entry.engine);
    }
  }

  /** Forgets all keys; those being opened are waited for. */
  async clear(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    await Promise.allSettled(entries.map(({ engine }) => engine));
    for (const { uses, engine } of entries) if (uses === 0) close(engine);
  }

  #drop(zkey: Uint8Array, entry: Entry): void {
    if (this.#entries.get(zkey) === entry) this.#entries.delete(zkey);
  }
}

/** One that did not open has nothing to close. */
function close(engine: Promise<Engine>): void {
  engine.then((opened) => opened.close()).catch(() => {});
}
