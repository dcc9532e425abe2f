import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { assertSafeKey, type VerificationKey, verificationKeyHash } from './verification-key.ts';

/** How a key came to be: by one party for development, or by a ceremony with outside contributors. */
export type KeyStatus = 'development' | 'ceremony';

/** Phase 2 contributions a ceremony key needs at least: one honest one makes it sound. */
export const REQUIRED_CONTRIBUTIONS = 3;

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/, 'not a SHA-256 in lower-case hex');

const entrySchema = z.strictObject({
  status: z.enum(['development', 'ceremony']),
  contributions: z.int().min(0),
  /** SHA-256 of the files. */
  r1cs: sha256Hex,
  wasm: sha256Hex,
  /** Where the circuit has a compiled witness graph. */
  graph: sha256Hex.optional(),
  zkey: sha256Hex,
  compactKey: sha256Hex.optional(),
  /** keccak256 of the key's 26 words: the contract's `vkeyHash()`. */
  vkeyHash: z
    .templateLiteral(['0x', z.string()])
    .refine((text) => /^0x[0-9a-f]{64}$/.test(text), 'not 32 bytes in lower-case hex'),
  /** SHA-256 of the circuit's sources, and of the versions of what compiled them. */
  sources: sha256Hex.optional(),
  /** Of a ceremony: the hash its last contribution has in the transcript. */
  transcript: sha256Hex.optional(),
  /** Versions of what made them, such as `{ "circom": "2.2.3" }`. */
  tools: z.record(z.string().max(40), z.string().max(80)),
});

const manifestSchema = z.strictObject({
  format: z.literal('canbao/keys@1'),
  statements: z.record(z.string().regex(/^[a-z0-9-]+@[1-9][0-9]*$/), entrySchema),
});

/** Binds one statement version to its artifacts. */
export type KeyEntry = Readonly<z.output<typeof entrySchema>>;
/** `keys/manifest.json`. */
export type KeyManifest = Readonly<z.output<typeof manifestSchema>>;

export interface KeyPolicy {
  /** Whether `NODE_ENV` is production: development keys are then refused. */
  readonly production: boolean;
  readonly requiredContributions?: number;
}

/** @throws key.bad_file */
export function parseManifest(json: unknown): KeyManifest {
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('key.bad_file', { kind: 'manifest', reason: firstIssue(parsed.error) });
  }
  return parsed.data;
}

/** @throws key.unknown */
export function keyEntry(manifest: KeyManifest, statement: string): KeyEntry {
  const entry = Object.hasOwn(manifest.statements, statement)
    ? manifest.statements[statement]
    : undefined;
  if (!entry) throw new CanbaoError('key.unknown', { statement });
  return entry;
}

/**
 * Whether the status and number of contributions may be relied on.
 * @throws key.development_refused, key.too_few_contributions
 */
export function assertKeyUsable(statement: string, entry: KeyEntry, policy: KeyPolicy): void {
  const { production, requiredContributions = REQUIRED_CONTRIBUTIONS } = policy;
  if (entry.status === 'development') {
    if (production) throw new CanbaoError('key.development_refused', { statement });
    return;
  }
  if (entry.contributions < requiredContributions) {
    throw new CanbaoError('key.too_few_contributions', {
      statement,
      found: entry.contributions,
      required: requiredContributions,
    });
  }
}

/**
 * Everything a verifier must know of a key before its first proof: usable, safe, and the one the
 * manifest names.
 * @throws key.development_refused, key.too_few_contributions, key.unsafe, key.hash_mismatch
 */
export function assertVerificationKey(
  statement: string,
  key: VerificationKey,
  entry: KeyEntry,
  policy: KeyPolicy,
): void {
  assertKeyUsable(statement, entry, policy);
  assertSafeKey(key, statement);
  if (verificationKeyHash(key) !== entry.vkeyHash) {
    throw new CanbaoError('key.hash_mismatch', { statement, file: 'verification key' });
  }
}
