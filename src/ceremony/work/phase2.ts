import pLimit from 'p-limit';
import * as snarkjs from 'snarkjs';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { endSnarkjsThreads } from '../../groth16/snarkjs-threads.ts';

/** Its threads are one set a process. */
const one = pLimit(1);

/** The key of a circuit before any contribution. @throws key.bad_file */
export function newKey(r1cs: Uint8Array, phase1: Uint8Array): Promise<Uint8Array> {
  return made(async (output, logger) => {
    const hash = await snarkjs.zKey.newZKey(r1cs, phase1, output, logger);
    if (!(hash instanceof Uint8Array)) throw new Error(logger.reason);
  });
}

/**
 * A key with a contribution more in it.
 * @param entropy is mixed with 64 bytes that snarkjs itself takes from the system
 * @throws key.bad_file
 */
export function contributeTo(zkey: Uint8Array, name: string, entropy: string): Promise<Uint8Array> {
  // Without a logger: it would say nothing of the secret, but nobody needs it.
  return made((output) => snarkjs.zKey.contribute(zkey, output, name, entropy));
}

/** @param value 32 bytes in hex @throws key.bad_file */
export function applyBeaconTo(
  zkey: Uint8Array,
  { name, value, iterations }: { name: string; value: string; iterations: number },
): Promise<Uint8Array> {
  return made((output) => snarkjs.zKey.beacon(zkey, output, name, value, iterations));
}

/**
 * Whether a key differs from the one without contributions in nothing but delta, and in what delta
 * divides, each point of it.
 * @returns undefined, or what differs
 * @throws key.bad_file
 */
export function faultOf(
  initial: Uint8Array,
  phase1: Uint8Array,
  zkey: Uint8Array,
): Promise<string | undefined> {
  return run(async (logger) => {
    const isGood = await snarkjs.zKey.verifyFromInit(initial, phase1, zkey, logger);
    return isGood ? undefined : logger.reason.replace(/^INVALID: */, '').trim();
  });
}

/** Files are given and taken as bytes: of those it opens itself, snarkjs leaves some open. */
function made(
  work: (output: { readonly type: 'mem' }, logger: Listener) => Promise<unknown>,
): Promise<Uint8Array> {
  return run(async (logger) => {
    const output: { readonly type: 'mem'; data?: Uint8Array } = { type: 'mem' };
    await work(output, logger);
    if (!output.data) throw new Error(logger.reason);
    return output.data;
  });
}

interface Listener {
  readonly reason: string;
  debug(): void;
  info(): void;
  warn(): void;
  error(message: string): void;
}

function run<T>(work: (logger: Listener) => Promise<T>): Promise<T> {
  let reason = 'snarkjs refuses it';
  const logger: Listener = {
    get reason() {
      return reason;
    },
    debug() {},
    info() {},
    warn() {},
    error(message) {
      reason = message;
    },
  };
  return one(async () => {
    try {
      return await work(logger);
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : reason;
      throw new CanbaoError('key.bad_file', { kind: 'zkey', reason: said }, cause);
    } finally {
      await endSnarkjsThreads();
    }
  });
}
