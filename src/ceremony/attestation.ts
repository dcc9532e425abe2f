import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { canonicalBytes } from './canonical-hash.ts';
import type { Attestation } from './transcript.ts';

/** Signs an attestation with an Ed25519 key, 32 bytes. */
export function signAttestation(attestation: Attestation, secretKey: Uint8Array): Attestation {
  const { signature: _, ...rest } = attestation;
  const signed = { ...rest, signer: bytesToHex(ed25519.getPublicKey(secretKey)) };
  return { ...signed, signature: bytesToHex(ed25519.sign(canonicalBytes(signed), secretKey)) };
}

/** Whether it is unsigned, or signed by whom it names. Who that is, others must know. */
export function isSignatureGood(attestation: Attestation): boolean {
  const { signature, ...rest } = attestation;
  const { signer } = rest;
  if (signature === undefined || signer === undefined) return signature === signer;
  try {
    const bytes = canonicalBytes(rest);
    // Strict: one message and key, one signature.
    return ed25519.verify(hexToBytes(signature), bytes, hexToBytes(signer), { zip215: false });
  } catch {
    return false;
  }
}
