import type { AuthorityChange } from '../../../chain/types.ts';
import type { Terminal } from '../../terminal.ts';

/** Says what a change does, a line each. */
export function showChange({ say, text }: Terminal, change: AuthorityChange): void {
  for (const one of change.added) say(text(`  adds ${one}`, `  增加 ${one}`));
  for (const one of change.removed) say(text(`  removes ${one}`, `  移除 ${one}`));
  say(text(`  quorum ${change.quorum}`, `  所需签名数 ${change.quorum}`));
}
