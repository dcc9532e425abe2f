import type { Address, Hex } from 'viem';
import { z } from 'zod';
import type { TransactionFees } from '../chain/connection.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';

/** How an existing chain is reached, trusted and paid. */
export interface NetworkSettings {
  /** Sent with every request. Secret. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Whether the node takes several calls in one request; default true. */
  readonly batch?: boolean;
  /** Milliseconds until an unanswered call fails. */
  readonly timeout?: number;
  readonly fees: TransactionFees;
  /** Blocks, the transaction's own included, until what it did counts. */
  readonly confirmations: number;
  /** Key of the account that deploys and publishes. Secret. */
  readonly submitterKey?: Hex;
  /** A registry that is there already. */
  readonly registry?: Address;
  /** Of a registry that is deployed: who signs, and how many must. */
  readonly authorities?: readonly Address[];
  readonly quorum?: number;
}

const wei = z
  .string()
  .regex(/^\d{1,30}$/, 'a whole number')
  .transform(BigInt);
const count = (max: number) => z.coerce.number().int().min(1).max(max);
const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, 'an address: 0x and 40 hex digits')
  .transform((text) => text.toLowerCase() as Address);
const key = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/, '0x and 64 hex digits')
  .transform((text) => text as Hex);

/** Reasons tell what a setting must be, never what it is: some are secret. */
const schema = z.object({
  CANBAO_RPC_HEADERS: z
    .string()
    .transform((text, context) => {
      const parsed = z.record(z.string().regex(/^[\w-]+$/), z.string()).safeParse(json(text));
      if (parsed.success) return parsed.data;
      context.addIssue({ code: 'custom', message: 'a JSON object of strings' });
      return z.NEVER;
    })
    .optional(),
  CANBAO_RPC_BATCH: z.enum(['on', 'off'], '“on” or “off”').optional(),
  CANBAO_RPC_TIMEOUT: count(600_000).optional(),
  CANBAO_TX_TYPE: z.enum(['legacy', 'eip1559'], '“legacy” or “eip1559”').optional(),
  CANBAO_GAS_PRICE: wei.optional(),
  CANBAO_GAS_LIMIT: wei.optional(),
  CANBAO_CONFIRMATIONS: count(1000).default(1),
  CANBAO_SUBMITTER_KEY: key.optional(),
  CANBAO_REGISTRY: address.optional(),
  CANBAO_AUTHORITIES: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(address).min(1))
    .optional(),
  CANBAO_QUORUM: count(1000).optional(),
});

/** @throws chain.bad_setting that names the variable and what it must be */
export function readNetworkSettings(environment: NodeJS.ProcessEnv): NetworkSettings {
  const given = Object.fromEntries(
    Object.keys(schema.shape).map((name) => [name, environment[name] || undefined]),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue?.path[0]);
    throw new CanbaoError('chain.bad_setting', { name, reason: issue?.message });
  }
  const values = parsed.data;
  if (values.CANBAO_TX_TYPE === 'eip1559' && values.CANBAO_GAS_PRICE !== undefined) {
    const reason = 'left out with CANBAO_TX_TYPE=eip1559, which has no gas price';
    throw new CanbaoError('chain.bad_setting', { name: 'CANBAO_GAS_PRICE', reason });
  }
  return toSettings(values);
}

function toSettings(values: z.output<typeof schema>): NetworkSettings {
  return {
    fees: {
      legacy: values.CANBAO_TX_TYPE === 'legacy',
      ...(values.CANBAO_GAS_PRICE !== undefined && { gasPrice: values.CANBAO_GAS_PRICE }),
      ...(values.CANBAO_GAS_LIMIT !== undefined && { gasLimit: values.CANBAO_GAS_LIMIT }),
    },
    confirmations: values.CANBAO_CONFIRMATIONS,
    ...(values.CANBAO_RPC_HEADERS && { headers: values.CANBAO_RPC_HEADERS }),
    ...(values.CANBAO_RPC_BATCH && { batch: values.CANBAO_RPC_BATCH === 'on' }),
    ...(values.CANBAO_RPC_TIMEOUT && { timeout: values.CANBAO_RPC_TIMEOUT }),
    ...(values.CANBAO_SUBMITTER_KEY && { submitterKey: values.CANBAO_SUBMITTER_KEY }),
    ...(values.CANBAO_REGISTRY && { registry: values.CANBAO_REGISTRY }),
    ...(values.CANBAO_AUTHORITIES && { authorities: values.CANBAO_AUTHORITIES }),
    ...(values.CANBAO_QUORUM && { quorum: values.CANBAO_QUORUM }),
  };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
