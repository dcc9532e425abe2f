import { utf8ToBytes } from '@noble/hashes/utils.js';
import { hexToBytes } from 'viem';
import {
  type ClaimsCursor,
  type ClaimToDeliver,
  claimJson,
  claimsAfter,
} from '../../chain/claims-log.ts';
import { frFromBytes, frToBytes, toFr } from '../../core/field.ts';
import type { Service } from '../service.ts';
import type { ServiceDb } from '../store/tables.ts';
import { webhookUrl } from '../webhooks/address.ts';
import { keepMessage, sendDelivery } from '../webhooks/queue-verdict.ts';
import { signWebhook } from '../webhooks/sign.ts';

/** Where claims are delivered to. */
export interface ClaimsWebhook {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
}

const EVERY_SECONDS = 5;

/**
 * Follows the installation's benefit claims until the queue closes: keeps each once, and with it, in
 * one transaction, the message that delivers it. Does nothing while no such contract is deployed.
 * @param webhook left out: claims are kept and nobody is told
 * @throws webhook.bad_url, webhook.private_address, webhook.bad_secret
 */
export function startClaimFollower(service: Service, webhook?: ClaimsWebhook): void {
  if (webhook) {
    webhookUrl(webhook.url, service);
    signWebhook({ id: '', timestamp: 0, body: '', secret: webhook.secret });
  }
  let cursor: ClaimsCursor | undefined;
  service.queue.every(EVERY_SECONDS, async () => {
    cursor = await followClaims(service, { webhook, cursor });
  });
}

export interface FollowOptions {
  readonly webhook?: ClaimsWebhook | undefined;
  /** How far an earlier pass came; left out, what is kept tells. */
  readonly cursor?: ClaimsCursor | undefined;
}

/**
 * One pass: what was registered since, as deep in the chain as the installation asks.
 * @returns how far it came; undefined where no contract is deployed
 * @throws chain.claims_gap, chain.unreachable, chain.rpc_failed; webhook.bad_url, webhook.private_address
 */
export async function followClaims(
  service: Service,
  { webhook, cursor }: FollowOptions = {},
): Promise<ClaimsCursor | undefined> {
  const acting = service.chain.acting();
  if (!acting) return undefined;
  const contract = acting.benefitClaims;
  const from = cursor ?? (await keptCursor(service.db, contract.address, acting.fromBlock));
  const { claims, cursor: reached } = await claimsAfter(contract, from);
  for (const claim of claims) await keepClaim(service, contract.address, claim, webhook);
  return reached;
}

/** Behind the last claim that is kept: others may have kept it. */
async function keptCursor(
  db: ServiceDb,
  contract: string,
  fromBlock: bigint,
): Promise<ClaimsCursor> {
  const last = await db
    .selectFrom('benefit_claim')
    .select(['number', 'block', 'nullifier'])
    .where('contract', '=', contract)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last
    ? {
        number: last.number,
        block: Number(last.block),
        nullifier: frFromBytes(Uint8Array.from(last.nullifier)),
      }
    : { number: 0, block: Number(fromBlock) };
}

/** Whoever keeps it delivers it: processes that follow side by side deliver once. */
async function keepClaim(
  service: Service,
  contract: string,
  claim: ClaimToDeliver,
  webhook: ClaimsWebhook | undefined,
): Promise<void> {
  const { number, rule, benefit, block } = claim;
  const delivery = await service.db.transaction().execute(async (db) => {
    const kept = await db
      .insertInto('benefit_claim')
      .values({
        ...{ contract, number, rule, benefit, block },
        deliver_to: hexToBytes(claim.deliverTo),
        nullifier: frToBytes(toFr(claim.nullifier)),
        params: frToBytes(toFr(claim.params)),
        epoch_root: frToBytes(toFr(claim.epochRoot)),
        transaction: hexToBytes(claim.transaction),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('number')
      .executeTakeFirst();
    if (!kept || !webhook) return undefined;
    return keepMessage(service, db, {
      about: `claim ${contract} ${number}`,
      url: webhook.url,
      secret: service.seal.seal(utf8ToBytes(webhook.secret)),
      message: { type: 'claim', data: { contract, ...claimJson(claim) } },
    });
  });
  if (delivery) await sendDelivery(service, delivery);
}
