import { decodeAnyPresentation } from '../../../../src/request/any-request.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import type { HistoryEntry } from '../history/entry.ts';

/** The proof of an entry as texts of QR codes: one, or several. @throws presentation.malformed */
export async function codesOf({ presentation }: HistoryEntry): Promise<readonly string[]> {
  if (!presentation) return [];
  const { encodePresentationCodes } = await import('../../../../src/request/presentation-code.ts');
  return encodePresentationCodes(
    decodeAnyPresentation(presentation, statementRegistry),
    statementRegistry,
  );
}

/** Where anybody checks a proof. */
export function checkingPage(): string {
  return `${location.origin}/verifier/`;
}

/** Opens the page for checking with the proof in it: behind `#`, so that no server sees it. */
export function linkOf(codes: readonly string[]): string {
  return `${checkingPage()}#/check?${new URLSearchParams({ proof: codes.join(' ') })}`;
}
