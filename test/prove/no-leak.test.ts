import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { signPoseidon } from '../../src/holder/eddsa-poseidon.ts';
import type { StatementKeys } from '../../src/keys/key-store.ts';
import type { AccountOpening } from '../../src/ledger/epoch.ts';
import { circuitInputs } from '../../src/prove/circuit-inputs.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import { encodePresentation } from '../../src/request/presentation.ts';
import { requestSignals } from '../../src/request/request-hash.ts';
import type { SignalValue } from '../../src/statements/define-statement.ts';
import { statementSignals } from '../../src/statements/judge.ts';
import { coverageKeys, sampleHolder, sampleOpening } from '../support/presentation.ts';
import { coverageStatement, NOW, sampleParams, sampleRequest } from '../support/request.ts';

const statement = coverageStatement();
const request = sampleRequest();
const prover = wasmProver();
let keys: StatementKeys;

beforeAll(async () => {
  keys = await coverageKeys();
}, 180_000);
afterAll(() => prover.close());

/** Every private number of a proof long enough not to occur by chance. */
function privateNumbers(): string[] {
  const signals = requestSignals(request, statement);
  const { epochRoot, scope, requestHash, params, ...secrets } = circuitInputs({
    opening: sampleOpening,
    holderKeys: sampleHolder,
    signature: signPoseidon(sampleHolder, signals.requestHash),
    request: signals,
    own: statementSignals(statement, sampleOpening, sampleParams),
  });
  const flat = (value: SignalValue): string[] =>
    typeof value === 'bigint' ? [String(value)] : value.flatMap(flat);
  const inputs = Object.values(secrets).flatMap(flat);
  return [...inputs, String(sampleHolder.scalar)].filter((number) => number.length >= 9);
}

/** What `task` returns or throws, and everything it writes on the way. */
async function observed(task: () => Promise<unknown>): Promise<string> {
  const written: unknown[] = [];
  const record = (...args: unknown[]) => {
    written.push(args);
    return true;
  };
  const spies = [
    ...(['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(record),
    ),
    vi.spyOn(process.stdout, 'write').mockImplementation(record),
    vi.spyOn(process.stderr, 'write').mockImplementation(record),
  ];
  try {
    const outcome = await task().catch((error: unknown) => error);
    return [outcome, ...written].map(describe).join('\n');
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Own and inherited text of a value: errors with message, stack and causes. */
function describe(value: unknown): string {
  const json = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
  if (!(value instanceof Error)) return String(json);
  return `${value.stack} ${json} ${describe(value.cause)}`;
}

const prove = (opening: AccountOpening) => () =>
  createPresentation({
    request,
    opening,
    holderKeys: sampleHolder,
    statement,
    artifacts: keys.artifacts,
    prover,
    clock: () => NOW,
  });

test('neither a proof, nor a refusal, nor any log shows a private input', async () => {
  const { account } = sampleOpening;
  const forged = { ...account, coverage: account.coverage.with(1, { paid: 1n << 400n, late: 0n }) };
  const short = { ...account, coverage: account.coverage.with(0, { paid: 1n << 400n, late: 0n }) };
  const texts = [
    await observed(async () => encodePresentation(await prove(sampleOpening)())),
    await observed(prove({ ...sampleOpening, account: forged })),
    await observed(prove({ ...sampleOpening, account: short })),
  ];
  expect(texts[0]).toContain('canbao/presentation@1');
  expect(texts[1]).toContain('prove.unsatisfied');
  expect(texts[2]).toContain('statement.not_satisfied');
  const secrets = privateNumbers();
  expect(secrets.length).toBeGreaterThan(50);
  for (const text of texts) {
    for (const secret of secrets) expect(text.includes(secret)).toBe(false);
  }
}, 120_000);
