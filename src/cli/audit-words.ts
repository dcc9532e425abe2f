import { formatMonth } from '../core/month.ts';
import type { AuditReport } from '../jobs/audit/audit-ledger.ts';
import { findingText } from '../jobs/audit/finding.ts';
import { epochName } from './epoch-words.ts';
import type { Terminal } from './terminal.ts';

/** An audit for a person, and under `--json` for a program. */
export function showAudit(
  { language, say, text, result }: Terminal,
  { findings, epochs, unchecked, keep }: AuditReport & { readonly keep?: string },
): void {
  for (const { epoch, totals, ok } of epochs) {
    const { accounts, employers, records, paid, unpaid, people } = totals;
    say(
      `${ok ? '✔' : '✘'} ${epochName(epoch, language)}  ${text(
        `${accounts} accounts, ${employers} employers; ${records} contributions, ${paid} paid, ${unpaid} owed; ${people} people paid in the month`,
        `${accounts}个账户，${employers}个单位；${records}笔缴费，已缴${paid}，欠缴${unpaid}；当月参保${people}人`,
      )}`,
    );
  }
  if (epochs.length === 0) say(text('No month is closed yet.', '尚无已结账的月份。'));
  for (const finding of findings) say(`  ✘ ${findingText(finding, language)}  [${finding.code}]`);
  for (const what of unchecked) say(`  ! ${uncheckedText(text, what)}`);
  say(
    findings.length === 0
      ? text('Nothing was found.', '未发现问题。')
      : text(`Findings: ${findings.length}.`, `发现问题${findings.length}项。`),
  );
  if (keep) say(text(`Notes in ${keep}`, `审计笔记已写入${keep}`));
  result({
    ok: findings.length === 0,
    findings: findings.map((finding) => ({ ...finding, text: findingText(finding, language) })),
    epochs: epochs.map(({ epoch, totals, ok }) => ({
      ...{ ok, month: formatMonth(epoch.month), revision: epoch.revision, root: epoch.root },
      ...{ state: epoch.state, totals },
    })),
    unchecked,
    ...(keep && { keep }),
  });
}

function uncheckedText(text: Terminal['text'], what: AuditReport['unchecked'][number]): string {
  return what === 'no_chain'
    ? text('Signatures were not checked: no chain was asked.', '未核对签名：未查询区块链。')
    : text(
        'Who signed on the chain was not checked: the node keeps no logs.',
        '未核对链上签名者：该节点不保存日志。',
      );
}
