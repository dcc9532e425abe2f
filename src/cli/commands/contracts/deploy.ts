import { Command, InvalidArgumentError } from 'commander';
import { benefitRules } from '../../../chain/benefit-rules.ts';
import { type MonthIndex, monthOfDate, parseMonth, yearOf } from '../../../core/month.ts';
import { statementRegistry } from '../../../statements/registry.ts';
import { environmentOf } from '../../environment.ts';

interface DeployOptions {
  readonly year?: number;
  readonly enrolledBefore?: MonthIndex;
}

/** `canbao contracts deploy`: verifier, benefit claims and tender rosters, where they are not there. */
export function deployActingContracts(): Command {
  return new Command('deploy')
    .description('deploy what is not there yet: verifiers, benefit claims, tender rosters')
    .option('--year <year>', 'of the claims that are taken; default: this one', toYear)
    .option(
      '--enrolled-before <month>',
      'keys that claim; default: the first of the year',
      parseMonth,
    )
    .action(async ({ year, enrolledBefore }: DeployOptions, command) => {
      const { terminal, clock, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const rules = benefitRules(statementRegistry, {
        year: year ?? yearOf(monthOfDate(new Date(clock() * 1000))),
        ...(enrolledBefore !== undefined && { identityBefore: enrolledBefore }),
      });
      const addresses = await withChain(async (chain) => {
        const { benefitClaims, tenderRoster } = await chain.deployActing(rules);
        return {
          registry: chain.registry.address,
          statementVerifier: (await chain.verifier()).address,
          benefitClaims: benefitClaims.address,
          tenderRoster: tenderRoster.address,
        };
      });
      say(text(`Epoch registry      ${addresses.registry}`, `登记合约　${addresses.registry}`));
      say(
        text(
          `Statement verifier  ${addresses.statementVerifier}`,
          `验证合约　${addresses.statementVerifier}`,
        ),
      );
      say(
        text(
          `Benefit claims      ${addresses.benefitClaims}`,
          `待遇申领　${addresses.benefitClaims}`,
        ),
      );
      say(
        text(
          `Tender rosters      ${addresses.tenderRoster}`,
          `投标人员　${addresses.tenderRoster}`,
        ),
      );
      terminal.result({ ok: true, ...addresses });
    });
}

function toYear(text: string): number {
  if (!/^20\d\d$/.test(text)) throw new InvalidArgumentError('2000 to 2099');
  return Number(text);
}
