import { setImmediate } from 'node:timers/promises';
import type { LocalAccount } from 'viem';
import { expect, it } from 'vitest';
import { type CoSignJobs, coSignJobs } from '../../src/authority/http/co-sign-job.ts';
import type { CoSigner, CoSignRequest } from '../../src/authority/replica/co-sign.ts';
import type { Leader } from '../../src/authority/replica/leader.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { commitment, testAuthorities } from '../support/test-chain.ts';

const [account] = testAuthorities as [LocalAccount];
/** Enough of one for jobs that never come to its ledger. */
const signer = {
  account,
  registry: { chain: { chainId: 31_337 }, address: account.address },
} as unknown as CoSigner;
const inputs = { accountCount: 1, employerCount: 0, recordCutoff: 1, factsCutoff: 0 };
const request = (root: bigint): CoSignRequest => ({
  commitment: commitment({ root, accounts: 1 }),
  epochId: 1,
  inputs: { ...inputs, enrolmentCutoff: 0 },
});
/** Looks for the leader until it is broken off. */
const searching = (signal: AbortSignal) =>
  new Promise<Leader>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
  });
const gone = new CanbaoError('peer.unknown', { address: account.address });

it('one at a time: the same request joins, another is told to wait', async () => {
  let started = 0;
  const jobs = coSignJobs(signer, 10);
  const look = (signal: AbortSignal) => {
    started++;
    return searching(signal);
  };
  const states = await Promise.all([
    jobs.request(request(1n), look),
    jobs.request(request(1n), look),
  ]);
  expect(states).toEqual([
    { state: 'fetch', done: 0 },
    { state: 'fetch', done: 0 },
  ]);
  expect(started).toBe(1);
  await expect(jobs.request(request(2n), look)).rejects.toMatchObject({
    code: 'authority.busy',
    facts: { month: '2025-01' },
  });
  await jobs.close();
});

it('what failed is told once, then it starts anew', async () => {
  const jobs: CoSignJobs = coSignJobs(signer, 1000);
  let started = 0;
  const fail = async (): Promise<Leader> => {
    started++;
    throw gone;
  };
  await expect(jobs.request(request(1n), fail)).rejects.toBe(gone);
  await expect(jobs.request(request(1n), fail)).rejects.toBe(gone);
  expect(started).toBe(2);
  await jobs.close();
});

it('a failure that nobody waited for is told to whoever asks next, and does not block others', async () => {
  const jobs = coSignJobs(signer, 5);
  let fail = (_: Error) => {};
  const slow = () =>
    new Promise<Leader>((_, reject) => {
      fail = reject;
    });
  expect(await jobs.request(request(1n), slow)).toMatchObject({ state: 'fetch' });
  fail(gone);
  await expect(jobs.request(request(1n), slow)).rejects.toBe(gone);
  expect(await jobs.request(request(1n), slow)).toMatchObject({ state: 'fetch' });
  fail(gone);
  await setImmediate();
  expect(await jobs.request(request(2n), slow)).toMatchObject({ state: 'fetch' });
  fail(gone);
  await jobs.close();
});

it('breaks off what is under way when it is closed', async () => {
  const jobs = coSignJobs(signer, 10_000);
  const asked = jobs.request(request(1n), searching);
  asked.catch(() => {});
  await jobs.close();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
