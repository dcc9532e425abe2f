import type { Hex } from 'viem';
import type { StatementChange } from '../../../chain/statement-registry.ts';
import type { StatementAction } from '../../../chain/types.ts';
import { statementId } from '../../../request/request-hash.ts';
import { statementRegistry } from '../../../statements/registry.ts';
import type { Terminal } from '../../terminal.ts';

/** Says what a change does, a line each. */
export function showStatementChange({ say, text }: Terminal, change: StatementChange): void {
  if ('entry' in change) {
    const { statement, verifier, vkeyHash } = change.entry;
    say(text(`  registers ${nameOf(statement)}`, `  登记 ${nameOf(statement)}`));
    say(
      text(`  verifier ${verifier}, key ${vkeyHash}`, `  验证合约 ${verifier}，密钥 ${vkeyHash}`),
    );
    return;
  }
  const words: Record<StatementAction, string> = {
    pause: text('pauses', '暂停'),
    resume: text('resumes', '恢复'),
    disable: text('disables for good', '永久停用'),
    cancel: text('cancels what waits for', '撤销待生效的变更'),
  };
  for (const one of change.statements) say(`  ${words[change.action]} ${nameOf(one)}`);
}

/** `coverage@1`, or the id of one that is not known here. */
function nameOf(id: Hex): string {
  return statementRegistry.all().find(({ name }) => statementId(name) === id)?.name ?? id;
}
