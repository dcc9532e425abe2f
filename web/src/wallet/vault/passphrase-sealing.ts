import { CanbaoError, type ErrorFacts } from '../../../../src/core/errors/canbao-error.ts';
import type { ErrorCode } from '../../../../src/core/errors/catalogue.ts';
import { openWallet, sealWallet, type WalletFile } from '../../../../src/holder/wallet-file.ts';

/** An error keeps its code on the way from a worker only as data. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ErrorCode; readonly facts: ErrorFacts };

/** What costs a second by design; runs in a worker where there is one. */
export const sealing = {
  seal: (mnemonic: string, passphrase: string): Promise<Outcome<WalletFile>> =>
    told(sealWallet(mnemonic, passphrase)),
  open: (file: unknown, passphrase: string): Promise<Outcome<string>> =>
    told(openWallet(file, passphrase)),
};

async function told<T>(work: Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    return { ok: false, code: error.code, facts: error.facts };
  }
}
