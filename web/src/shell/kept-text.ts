/** A text kept in the browser under a name. */
export interface KeptText {
  /** Undefined where there is none, also in a browser that keeps nothing. */
  read(): string | undefined;
  /** A browser that keeps nothing forgets it with the page. */
  write(text: string): void;
  forget(): void;
}

/** @param where `sessionStorage`: gone when the window is closed */
export function keptText(where: 'localStorage' | 'sessionStorage', name: string): KeptText {
  const ifKept = <T>(act: (storage: Storage) => T): T | undefined => {
    try {
      return act(globalThis[where]);
    } catch {
      return undefined;
    }
  };
  return {
    read: () => ifKept((storage) => storage.getItem(name)) ?? undefined,
    write: (text) => ifKept((storage) => storage.setItem(name, text)),
    forget: () => ifKept((storage) => storage.removeItem(name)),
  };
}
