/** One row of the catalogue: HTTP status and the sentence in both languages; `{name}` is a fact. */
export interface ErrorEntry {
  readonly status: number;
  readonly en: string;
  readonly zh: string;
}
