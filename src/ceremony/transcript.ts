import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { REQUIRED_CONTRIBUTIONS } from '../groth16/manifest.ts';
import { canonicalHash } from './canonical-hash.ts';
import { g1Hex, g2Hex } from './point-hex.ts';

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `not ${bytes} bytes in lower-case hex`);
const sha256 = hex(32);
const blake2b = hex(64);
const statementName = z.string().regex(/^[a-z0-9-]{1,60}@[1-9][0-9]{0,5}$/);
/** A line that a screen can show: nothing in it turns or hides text. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{C}\p{Zl}\p{Zp}]*$/u, 'not one plain line')
    .refine((text) => text === text.trim(), 'space around it');
const seconds = z.int().min(0).max(253_402_300_799);
const software = z.record(line(40), line(80));

/** Fewer iterations than snarkjs takes; more than a page can repeat. */
export const BEACON_ITERATIONS = { least: 10, most: 22 } as const;
/** snarkjs keeps so many characters of a name. */
const MOST_NAME = 64;
/** What people write into a transcript. */
export const wordsSchemas = { title: line(100), name: line(MOST_NAME), source: line(200) } as const;

/** What a statement begins with. */
const circuitSchema = z.strictObject({
  /** SHA-256 of circom's r1cs. */
  r1cs: sha256,
  /** blake2b over all of the key that contributions do not change. */
  circuitHash: blake2b,
  /** SHA-256 of the key before any contribution. */
  zkey: sha256,
  /** The parts of the verification key that stay: gamma is the generator. */
  alpha: g1Hex,
  beta: g2Hex,
  ic: z.array(g1Hex).min(1).max(64),
});

const setupSchema = z.strictObject({
  format: z.literal('canbao/ceremony@1'),
  title: wordsSchemas.title,
  /** Unix seconds. */
  at: seconds,
  phase1: z.strictObject({
    /** `published`: a file of the table; `development`: made here, by somebody who could know tau. */
    kind: z.enum(['published', 'development']),
    power: z.int().min(1).max(28),
    blake2b,
  }),
  /** Contributions needed at least, the beacon not counted. */
  required: z.int().min(REQUIRED_CONTRIBUTIONS).max(10_000),
  beacon: z.strictObject({
    /** Named before it is known: such as a block of a chain that is still to come. */
    source: wordsSchemas.source,
    /** Hashed 2^iterations times. */
    iterations: z.int().min(BEACON_ITERATIONS.least).max(BEACON_ITERATIONS.most),
  }),
  software,
  statements: z.record(statementName, circuitSchema).refine((all) => Object.keys(all).length > 0),
});

/** What a contribution did to one key, public parts only. */
const stepSchema = z.strictObject({
  delta1: g1Hex,
  delta2: g2Hex,
  g1s: g1Hex,
  g1sx: g1Hex,
  g2spx: g2Hex,
  transcript: blake2b,
  /** snarkjs's “contribution hash”: blake2b over delta1, g1s, g1sx, g2spx, transcript. */
  hash: blake2b,
  /** SHA-256 of the key with it. */
  zkey: sha256,
});

const attestationSchema = z.strictObject({
  format: z.literal('canbao/ceremony-attestation@1'),
  /** From 1. */
  number: z.int().min(1),
  /** Hash of the attestation before, or of the setup. */
  previous: sha256,
  name: wordsSchemas.name,
  at: seconds,
  software,
  /** The last one alone. */
  beacon: z.strictObject({ value: hex(32) }).optional(),
  statements: z.record(statementName, stepSchema),
  /** Ed25519 public key, and its signature of all the rest. */
  signer: hex(32).optional(),
  signature: hex(64).optional(),
});

const transcriptSchema = z.strictObject({
  setup: setupSchema,
  contributions: z.array(attestationSchema).max(10_000),
});

export type CeremonySetup = Readonly<z.output<typeof setupSchema>>;
export type CeremonyCircuit = Readonly<z.output<typeof circuitSchema>>;
export type CeremonyStep = Readonly<z.output<typeof stepSchema>>;
export type Attestation = Readonly<z.output<typeof attestationSchema>>;
/** `ceremony.json`: all that is public of a ceremony but the keys themselves. */
export interface Transcript {
  readonly setup: CeremonySetup;
  /** In order; the beacon last. */
  readonly contributions: readonly Attestation[];
}

/** @throws ceremony.bad_file */
export function parseTranscript(json: unknown, file: string): Transcript {
  return parse(transcriptSchema, json, file);
}

/** @throws ceremony.bad_file */
export function parseAttestation(json: unknown, file: string): Attestation {
  return parse(attestationSchema, json, file);
}

function parse<T>(schema: z.ZodType<T>, json: unknown, file: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new CanbaoError('ceremony.bad_file', { file, reason: firstIssue(parsed.error) });
}

/** What the next one builds on, and a contributor publishes; SHA-256 in hex. */
export function attestationHash(attestation: Attestation): string {
  return canonicalHash(attestation);
}

/** The hash that whoever comes next builds on: of the last attestation, or of the setup. */
export function headOf({ setup, contributions }: Transcript): string {
  const last = contributions.at(-1);
  return last ? attestationHash(last) : canonicalHash(setup);
}

/** Contributions by people. */
export function participants({ contributions }: Transcript): readonly Attestation[] {
  return contributions.filter(({ beacon }) => beacon === undefined);
}

/** Whether the beacon was applied. */
export function isClosed({ contributions }: Transcript): boolean {
  return contributions.at(-1)?.beacon !== undefined;
}

/** @throws ceremony.bad_file for a statement that the ceremony does not have */
export function circuitOf({ statements }: CeremonySetup, statement: string): CeremonyCircuit {
  return statementOf(statements, statement);
}

/** What a contribution did to a statement's key. @throws ceremony.bad_file */
export function stepOf({ statements }: Attestation, statement: string): CeremonyStep {
  return statementOf(statements, statement);
}

function statementOf<T>(all: Readonly<Record<string, T>>, statement: string): T {
  const found = Object.hasOwn(all, statement) ? all[statement] : undefined;
  if (found) return found;
  throw new CanbaoError('ceremony.bad_file', { file: statement, reason: 'it is not there' });
}
