import { Command } from 'commander';
import { claimJson, claimsAfter } from '../../../chain/claims-log.ts';
import { environmentOf } from '../../environment.ts';

/** `canbao contracts claims`: every claim that is registered, as it is to be delivered. */
export function listClaims(): Command {
  return new Command('claims')
    .description('claims that are registered, in order')
    .action(async (_options, command) => {
      const { terminal, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const claims = await withChain(async (chain) => {
        const acting = chain.acting();
        if (!acting) return undefined;
        const start = { number: 0, block: Number(acting.fromBlock) };
        return (await claimsAfter(acting.benefitClaims, start)).claims;
      });
      if (!claims) say(text('Benefit claims are not deployed', '待遇申领合约尚未部署'));
      else if (claims.length === 0) say(text('No claims', '没有申领'));
      for (const { number, benefit, deliverTo } of claims ?? []) {
        say(`${number}  ${benefit}  ${deliverTo}`);
      }
      terminal.result({ ok: true, claims: (claims ?? []).map(claimJson) });
    });
}
