import { bytesToHex } from '@noble/hashes/utils.js';
import { Command } from 'commander';
import { type Hex, keccak256, stringToHex } from 'viem';
import { claimRules, registerClaim } from '../../../chain/benefit-claims.ts';
import { claimRequest } from '../../../chain/claim-request.ts';
import { contractPresentation } from '../../../chain/contract-presentation.ts';
import { latestEpoch } from '../../../chain/registry.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { parseMonth } from '../../../core/month.ts';
import { systemRandom } from '../../../core/random.ts';
import { decodePresentation } from '../../../request/presentation.ts';
import { encodeRequest } from '../../../request/presentation-request.ts';
import { statementId } from '../../../request/request-hash.ts';
import type { ChainService } from '../../../runtime/chain-service.ts';
import { statementRegistry } from '../../../statements/registry.ts';
import { environmentOf } from '../../environment.ts';
import { readJsonFile, writeJsonFile } from '../../files.ts';
import { requestLines } from '../../request-words.ts';

/** 128 bits: what is behind a hash is not to be guessed. */
const SALT_BYTES = 16;
const EXPIRES_SECONDS = 7 * 86_400;

interface AskOptions {
  readonly rule: string;
  readonly deliverTo: string;
  readonly asOf?: string;
  readonly benefitMonths?: string;
  readonly output: string;
}

/** `canbao contracts ask`: the request whose answer claims a benefit. */
export function askForClaim(): Command {
  return new Command('ask')
    .description('a request whose answer claims a benefit (rules: canbao contracts list)')
    .requiredOption('--rule <number>', 'what is claimed')
    .requiredOption(
      '--deliver-to <text>',
      'known to you and the bureau alone; the chain gets a hash',
    )
    .option('--as-of <YYYY-MM>', 'month it is claimed for; default: the last one published')
    .option('--benefit-months <number>', 'of unemployment benefit: the tier')
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(async (options: AskOptions, command) => {
      const { terminal, clock, withChain } = environmentOf(command);
      const { say, text } = terminal;
      const opening = isHash(options.deliverTo)
        ? undefined
        : `${options.deliverTo}#${bytesToHex(systemRandom(SALT_BYTES))}`;
      const deliverTo = opening ? keccak256(stringToHex(opening)) : (options.deliverTo as Hex);
      const request = await withChain(async (chain) => {
        const { contract, rule, number, statement } = await ruleOf(chain, options.rule);
        const asOf = options.asOf
          ? parseMonth(options.asOf)
          : (await latestEpoch(chain.registry))?.month;
        return claimRequest({
          ...{ domain: chain.domain, contract, rule, number, statement, deliverTo },
          expiresAt: clock() + EXPIRES_SECONDS,
          open: {
            ...(asOf !== undefined && { asOf: BigInt(asOf) }),
            ...(options.benefitMonths && { minBenefitMonths: toCount(options.benefitMonths) }),
          },
        });
      });
      await writeJsonFile(options.output, encodeRequest(request));
      for (const line of requestLines(request, terminal.language)) say(line);
      if (opening) {
        say(
          text(`For the bureau, once it is claimed: ${opening}`, `申领后交给经办机构：${opening}`),
        );
      }
      say(text(`Hash on the chain: ${deliverTo}`, `链上哈希：${deliverTo}`));
      terminal.result({ ok: true, output: options.output, deliverTo, ...(opening && { opening }) });
    });
}

interface ClaimOptions {
  readonly rule: string;
  readonly deliverTo: string;
}

/** `canbao contracts claim`: hands a claim in, one's own or another's. */
export function handInClaim(): Command {
  return new Command('claim')
    .description('hand in a claim; anybody may, it is the holder’s all the same')
    .argument('<presentation>', 'the answer to what `contracts ask` wrote')
    .requiredOption('--rule <number>', 'what is claimed')
    .requiredOption('--deliver-to <hash>', 'as `contracts ask` told it')
    .action(async (path: string, options: ClaimOptions, command) => {
      const { terminal, withChain } = environmentOf(command);
      const read = decodePresentation(await readJsonFile(path), statementRegistry);
      const { deliverTo } = options;
      if (!isHash(deliverTo)) throw badOption('--deliver-to', '0x and 64 hex digits');
      const transaction = await withChain(async (chain) => {
        const { number, statement } = await ruleOf(chain, options.rule);
        const presentation = contractPresentation(read, statement);
        const claims = acting(chain).benefitClaims;
        const claim = { rule: number, deliverTo, presentation };
        const hash = await registerClaim(claims, chain.submitter(), claim);
        await chain.persist();
        return hash;
      });
      terminal.say(
        terminal.text(`Claimed, transaction ${transaction}`, `已申领，交易${transaction}`),
      );
      terminal.result({ ok: true, transaction });
    });
}

/** @throws cli.bad_option where there is no such rule */
async function ruleOf(chain: ChainService, text: string) {
  const { benefitClaims } = acting(chain);
  const number = Number(toCount(text, '--rule'));
  const rule = (await claimRules(benefitClaims))[number];
  const statement = statementRegistry
    .all()
    .find(({ name }) => statementId(name) === rule?.statement);
  if (!rule || !statement) throw badOption('--rule', 'canbao contracts list');
  return { contract: benefitClaims.address, rule, number, statement };
}

/** @throws chain.no_contract */
function acting(chain: ChainService) {
  const contracts = chain.acting();
  if (contracts) return contracts;
  throw new CanbaoError('chain.no_contract', { address: 'canbao contracts deploy' });
}

function isHash(text: string): text is Hex {
  return /^0x[0-9a-fA-F]{64}$/.test(text);
}

function toCount(text: string, option = '--benefit-months'): bigint {
  if (/^\d{1,4}$/.test(text)) return BigInt(text);
  throw badOption(option, '0–9999');
}

function badOption(option: string, reason: string): CanbaoError {
  return new CanbaoError('cli.bad_option', { option, reason });
}
