import { keccak256, stringToHex } from 'viem';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { registerClaim } from '../../../src/chain/benefit-claims.ts';
import { claimRequest } from '../../../src/chain/claim-request.ts';
import { claimRule } from '../../../src/chain/claim-rules.ts';
import { contractPresentation } from '../../../src/chain/contract-presentation.ts';
import { monthIndex } from '../../../src/core/month.ts';
import { decodePresentation } from '../../../src/request/presentation.ts';
import { verifyWebhook } from '../../../src/sdk/webhook.ts';
import { followClaims, startClaimFollower } from '../../../src/service/claims/follow-claims.ts';
import { newWebhookSecret } from '../../../src/service/webhooks/sign.ts';
import { startWebhookWorker } from '../../../src/service/webhooks/worker.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { openTestService, type TestService } from '../service.ts';
import { present } from '../verdicts/sample-presentations.ts';
import { openReceiver, type Receiver } from '../webhooks/receiver.ts';

const PENSION = 'pension-eligibility@1';
const layout = statementRegistry.get(PENSION);
if (!layout) throw new Error(`${PENSION} expected`);
const statement = layout;
/** The sample closed October; its people enrolled in November at the latest. */
const params = {
  identityBefore: BigInt(monthIndex(2026, 12)),
  asOf: BigInt(monthIndex(2026, 10)),
  isEarlyAllowed: 0n,
};
/** What only the pensioner and the bureau know opens it. */
const DELIVER_TO = keccak256(stringToHex('许志, 6217 0000, salt'));

let canbao: TestService;
let receiver: Receiver;
let secret: string;

beforeAll(async () => {
  canbao = await openTestService();
  receiver = await openReceiver();
  secret = newWebhookSecret(canbao.service.random);
  await startWebhookWorker(canbao.service, { retryDelay: 1 });
}, 120_000);
afterAll(async () => {
  await canbao?.[Symbol.asyncDispose]();
  await receiver?.[Symbol.asyncDispose]();
});

const kept = () => canbao.service.db.selectFrom('benefit_claim').selectAll().execute();

test('a pension claimed on the chain with a real proof is delivered once, and nothing personal', async () => {
  const { service } = canbao;
  const { chain } = service;
  const webhook = { url: receiver.url, secret };
  expect(await followClaims(service, { webhook })).toBeUndefined();

  const exactly = (value: bigint) => [value, value] as const;
  const rule = claimRule({
    ...{ benefit: 'pension', statement, purpose: 'pension-claim', opensAt: 0, closesAt: 2 ** 40 },
    fields: Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, exactly(value)]),
    ),
  });
  const { benefitClaims } = await chain.deployActing([rule]);
  const request = claimRequest({
    ...{ domain: chain.domain, contract: benefitClaims.address, rule, number: 0, statement },
    ...{ open: {}, deliverTo: DELIVER_TO, expiresAt: service.clock() + 3600 },
  });
  const answer = await present(canbao, 'pension-ready', request);
  const presentation = contractPresentation(
    decodePresentation(answer, statementRegistry),
    statement,
  );
  await registerClaim(benefitClaims, chain.account(9), {
    ...{ rule: 0, deliverTo: DELIVER_TO, presentation },
  });

  // Side by side and again: kept once, delivered once.
  const passes = await Promise.all([1, 2, 3].map(() => followClaims(service, { webhook })));
  await followClaims(service, { webhook, cursor: passes[0] });
  expect(await kept()).toMatchObject([{ number: 1, rule: 0, benefit: 'pension' }]);
  await vi.waitFor(() => expect(receiver.received).toHaveLength(1), { timeout: 30_000 });
  const [{ headers, body } = expect.fail()] = receiver.received;
  const { payload } = verifyWebhook({ secret, headers, body });
  expect(payload).toEqual({
    ...{ type: 'claim', timestamp: expect.any(Number) },
    data: {
      ...{ contract: benefitClaims.address, number: 1, rule: 0, benefit: 'pension' },
      ...{ deliverTo: DELIVER_TO, nullifier: `${presentation.nullifier}` },
      params: `${presentation.request.params}`,
      epochRoot: `${presentation.epochRoot}`,
      block: expect.any(Number),
      transaction: expect.stringMatching(/^0x/),
    },
  });
  const { idNumber } = canbao.holder('pension-ready');
  expect(body).not.toContain(idNumber);

  const deliveries = await service.db
    .selectFrom('webhook_delivery')
    .select('state')
    .where('request_id', 'like', 'claim %')
    .execute();
  expect(deliveries).toHaveLength(1);
}, 120_000);

test('a follower refuses to start where it could deliver nothing', () => {
  const { service } = canbao;
  const url = receiver.url;
  expect(() => startClaimFollower(service, { url: 'ftp://a.cn', secret })).toThrowError(
    expect.objectContaining({ code: 'webhook.bad_url' }),
  );
  expect(() => startClaimFollower(service, { url, secret: 'whsec_short' })).toThrowError(
    expect.objectContaining({ code: 'webhook.bad_secret' }),
  );
});
