import {
  type Address,
  BaseError,
  createWalletClient,
  http,
  type LocalAccount,
  recoverTypedDataAddress,
  type TypedDataDefinition,
} from 'viem';
import { toAccount } from 'viem/accounts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** A signer in hardware may need a person's hand. */
const TIMEOUT_MS = 60_000;

/**
 * An account whose key is with a signing service: `eth_signTypedData_v4` by JSON-RPC, as Web3Signer
 * serves it. It signs typed data and nothing else; each signature is checked to be of `address`.
 * @throws signer.failed, signer.wrong_key when it signs
 */
export function signerAccount(url: string, address: Address): LocalAccount {
  // One attempt: a signer that logs or asks what it signs is not asked twice.
  const transport = http(url, { timeout: TIMEOUT_MS, retryCount: 0 });
  const wallet = createWalletClient({ account: address, transport });
  const shown = withoutSecrets(url);
  const refuse = async () => {
    throw new CanbaoError('signer.failed', { url: shown, reason: 'typed data only' });
  };
  return toAccount({
    address,
    async signTypedData(data) {
      const asked = data as unknown as TypedDataDefinition;
      const signature = await wallet.signTypedData(asked).catch((error: unknown) => {
        const reason = error instanceof BaseError ? error.details || error.shortMessage : 'failed';
        throw new CanbaoError('signer.failed', { url: shown, reason }, error);
      });
      const signer = await recoverTypedDataAddress({ ...asked, signature }).catch(() => undefined);
      if (signer !== wallet.account.address) {
        throw new CanbaoError('signer.wrong_key', { url: shown, address });
      }
      return signature;
    },
    signMessage: refuse,
    signTransaction: refuse,
  });
}

/** A password in the address is for the signer and not for a log. */
function withoutSecrets(url: string): string {
  return new URL(url).host;
}
