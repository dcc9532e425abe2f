import { Command } from 'commander';
import { claimRules } from '../../../chain/benefit-claims.ts';
import { benefitName } from '../../../chain/claim-rules.ts';
import { type StatementStanding, statementStanding } from '../../../chain/statement-registry.ts';
import { statementId } from '../../../request/request-hash.ts';
import type { ChainService } from '../../../runtime/chain-service.ts';
import { statementRegistry } from '../../../statements/registry.ts';
import { environmentOf } from '../../environment.ts';
import type { Terminal } from '../../terminal.ts';

/** `canbao contracts list`: where the contracts are, where each statement stands, what is claimed by which rules. */
export function listContracts(): Command {
  return new Command('list')
    .description('where the contracts are, where statements stand, the rules of claims')
    .action(async (_options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const { statements, rules, ...addresses } = await withChain(readContracts);
      say(
        text(
          `Statement verifier ${addresses.statementVerifier}`,
          `验证合约${addresses.statementVerifier}`,
        ),
      );
      for (const one of statements) say(`  ${one.name}  ${standingText(terminal, one)}`);
      if (!addresses.benefitClaims) {
        const missing = 'canbao contracts deploy';
        say(
          text(`Benefit claims are not deployed: ${missing}`, `待遇申领合约尚未部署：${missing}`),
        );
      } else {
        say(
          text(`Benefit claims ${addresses.benefitClaims}`, `待遇申领${addresses.benefitClaims}`),
        );
        for (const { number, benefit, purpose } of rules)
          say(`  ${number}  ${benefit}  ${purpose}`);
        say(text(`Tender rosters ${addresses.tenderRoster}`, `投标人员${addresses.tenderRoster}`));
      }
      terminal.result({ ok: true, ...addresses, statements, rules });
    });
}

async function readContracts(chain: ChainService) {
  const verifier = await chain.verifier();
  const acting = chain.acting();
  const names = statementRegistry.all().map(({ name }) => name);
  const standings = await Promise.all(
    names.map((name) => statementStanding(verifier, statementId(name))),
  );
  const rules = acting ? await claimRules(acting.benefitClaims) : [];
  return {
    statementVerifier: verifier.address,
    benefitClaims: acting?.benefitClaims.address,
    tenderRoster: acting?.tenderRoster.address,
    statements: standings.map((standing, i) => ({ name: names[i] ?? '?', ...standing })),
    rules: rules.map(({ benefit, purpose, opensAt, closesAt }, number) => ({
      ...{ number, purpose, opensAt: Number(opensAt), closesAt: Number(closesAt) },
      benefit: benefitName(benefit),
    })),
  };
}

function standingText({ text }: Terminal, { status, pending }: StatementStanding): string {
  const words = {
    unknown: text('not registered', '未登记'),
    active: text('active', '启用'),
    paused: text('paused', '已暂停'),
    disabled: text('disabled for good', '已永久停用'),
  };
  if (!pending) return words[status];
  const when = new Date(pending.readyAt * 1000).toISOString();
  const coming =
    pending.action === 'resume'
      ? text(`may be resumed from ${when}`, `${when}起可恢复`)
      : text(`may be registered from ${when}`, `${when}起可登记`);
  return `${words[status]}; ${coming}`;
}
