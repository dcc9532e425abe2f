const STORAGE_KEY = 'canbao-verifier-employer';

/** The own organisation's credit code, in this browser and only where somebody asked for it. */
export function rememberedEmployer(): string {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? '';
  } catch {
    return '';
  }
}

/** @param code undefined forgets it */
export function rememberEmployer(code: string | undefined): void {
  try {
    if (code === undefined) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, code);
  } catch {
    // A browser that keeps nothing.
  }
}
