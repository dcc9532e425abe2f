import { expect, it } from 'vitest';
import { readNetworkSettings } from '../../src/runtime/network-settings.ts';

const canary = 'canary-7731';

it('has defaults that ask the chain', () => {
  expect(readNetworkSettings({})).toEqual({ fees: { legacy: false }, confirmations: 1 });
  expect(readNetworkSettings({ CANBAO_GAS_PRICE: '', CANBAO_RPC_HEADERS: '' })).toEqual(
    readNetworkSettings({}),
  );
});

it('reads every setting', () => {
  const key = `0x${'1a'.repeat(32)}` as const;
  const [registry, authority] = [`0x${'AB'.repeat(20)}`, `0x${'cd'.repeat(20)}`];
  expect(
    readNetworkSettings({
      CANBAO_RPC_HEADERS: '{"authorization":"Bearer x"}',
      CANBAO_RPC_BATCH: 'off',
      CANBAO_RPC_TIMEOUT: '2500',
      CANBAO_TX_TYPE: 'legacy',
      CANBAO_GAS_PRICE: '0',
      CANBAO_GAS_LIMIT: '9000000',
      CANBAO_CONFIRMATIONS: '12',
      CANBAO_SUBMITTER_KEY: key,
      CANBAO_REGISTRY: registry,
      CANBAO_AUTHORITIES: `${registry},${authority}`,
      CANBAO_QUORUM: '2',
    }),
  ).toEqual({
    headers: { authorization: 'Bearer x' },
    batch: false,
    timeout: 2500,
    fees: { legacy: true, gasPrice: 0n, gasLimit: 9_000_000n },
    confirmations: 12,
    submitterKey: key,
    registry: registry.toLowerCase(),
    authorities: [registry.toLowerCase(), authority],
    quorum: 2,
  });
});

it.each([
  ['CANBAO_RPC_HEADERS', canary],
  ['CANBAO_RPC_HEADERS', `["${canary}"]`],
  ['CANBAO_RPC_HEADERS', `{"authorization":{"${canary}":1}}`],
  ['CANBAO_RPC_HEADERS', `{"bad name ${canary}":"x"}`],
  ['CANBAO_RPC_BATCH', canary],
  ['CANBAO_RPC_TIMEOUT', '0'],
  ['CANBAO_TX_TYPE', canary],
  ['CANBAO_GAS_PRICE', '-1'],
  ['CANBAO_GAS_PRICE', '1.5'],
  ['CANBAO_GAS_LIMIT', canary],
  ['CANBAO_CONFIRMATIONS', '0'],
  ['CANBAO_CONFIRMATIONS', canary],
  ['CANBAO_SUBMITTER_KEY', canary],
  ['CANBAO_SUBMITTER_KEY', `0x${'1a'.repeat(31)}`],
  ['CANBAO_REGISTRY', canary],
  ['CANBAO_AUTHORITIES', `0x${'cd'.repeat(20)},${canary}`],
  ['CANBAO_QUORUM', canary],
])('refuses %s as %s, naming it and not its value', (name, value) => {
  try {
    readNetworkSettings({ [name]: value });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'chain.bad_setting', facts: { name } });
    expect(`${JSON.stringify(error)}${error}`).not.toContain(canary);
  }
});

it('refuses a gas price where the type of the transaction has none', () => {
  expect(() =>
    readNetworkSettings({ CANBAO_TX_TYPE: 'eip1559', CANBAO_GAS_PRICE: '1' }),
  ).toThrowError(expect.objectContaining({ code: 'chain.bad_setting' }));
});
