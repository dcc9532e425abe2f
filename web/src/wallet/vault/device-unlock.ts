import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { systemRandom } from '../../../../src/core/random.ts';

/** A credential of the device, and what it is asked with for its secret (WebAuthn, PRF extension). */
export interface DeviceKey {
  readonly credentialId: Uint8Array;
  readonly salt: Uint8Array;
}

/** Of the credential on the device: says nothing of the person. */
const NAME = '参保 Canbao';
const TIMEOUT_MS = 300_000;
/** ES256, RS256, Ed25519: whatever the device has. */
const ALGORITHMS = [-7, -257, -8];

/** Whether the device has an unlock of its own; whether it can seal, only trying tells. */
export async function canUnlockByDevice(): Promise<boolean> {
  const credentials = globalThis.PublicKeyCredential;
  if (!credentials) return false;
  try {
    return await credentials.isUserVerifyingPlatformAuthenticatorAvailable();
  } catch {
    return false;
  }
}

/**
 * Makes a credential on the device; the person is asked for finger, face or PIN.
 * @throws wallet.device_refused where they did not agree, wallet.device_unfit where it gives no secret
 */
export async function createDeviceKey(): Promise<DeviceKey> {
  const salt = systemRandom(32);
  const made = await asked(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: NAME, id: location.hostname },
        user: { id: bytes(systemRandom(16)), name: NAME, displayName: NAME },
        challenge: bytes(systemRandom(32)),
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: {
          ...{ authenticatorAttachment: 'platform', userVerification: 'required' },
          residentKey: 'preferred',
        },
        attestation: 'none',
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: bytes(salt) } } },
      },
    }),
  );
  const { enabled, results } = made.getClientExtensionResults().prf ?? {};
  if (!enabled && !results?.first) throw new CanbaoError('wallet.device_unfit');
  return { credentialId: new Uint8Array(made.rawId), salt };
}

/** 32 secret bytes that only this device has, after its unlock. @throws wallet.device_refused */
export async function deviceSecret({ credentialId, salt }: DeviceKey): Promise<Uint8Array> {
  const used = await asked(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytes(systemRandom(32)),
        rpId: location.hostname,
        allowCredentials: [{ type: 'public-key', id: bytes(credentialId) }],
        userVerification: 'required',
        timeout: TIMEOUT_MS,
        extensions: { prf: { eval: { first: bytes(salt) } } },
      },
    }),
  );
  const secret = used.getClientExtensionResults().prf?.results?.first;
  if (!secret) throw new CanbaoError('wallet.device_unfit');
  return new Uint8Array(secret instanceof ArrayBuffer ? secret : secret.buffer);
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential) return credential as PublicKeyCredential;
  } catch (cause) {
    throw new CanbaoError('wallet.device_refused', {}, cause);
  }
  throw new CanbaoError('wallet.device_refused');
}

/** The platform's types want a view of an own buffer. */
function bytes(view: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(view);
}
