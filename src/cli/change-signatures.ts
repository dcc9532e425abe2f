import type { Hex, LocalAccount } from 'viem';
import { z } from 'zod';
import type { CommitmentSignature } from '../chain/types.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Terminal } from './terminal.ts';

// What files that go round the authorities have in common, whatever is changed.

/** So many bytes of such a file, in hex; read in lower case. */
export const hexBytes = (bytes: number) =>
  z
    .string()
    .regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`))
    .transform((text) => text.toLowerCase() as Hex);

export const signaturesSchema = z.array(
  z.strictObject({ signer: hexBytes(20), signature: hexBytes(65) }),
);

/** That every signature in a file is its signer's. @throws cli.bad_file */
export async function assertSignatures(
  path: string,
  signatures: readonly CommitmentSignature[],
  isRight: (signature: CommitmentSignature) => Promise<boolean>,
): Promise<void> {
  for (const one of signatures) {
    if (await isRight(one)) continue;
    const reason = `the signature of ${one.signer} is not its own`;
    throw new CanbaoError('cli.bad_file', { path, reason });
  }
}

/** Those there are, with one of each account. */
export async function withSignatures(
  signatures: readonly CommitmentSignature[],
  accounts: readonly LocalAccount[],
  sign: (account: LocalAccount) => Promise<CommitmentSignature>,
): Promise<CommitmentSignature[]> {
  const all = new Map<string, CommitmentSignature>();
  for (const one of signatures) all.set(one.signer.toLowerCase(), one);
  for (const account of accounts) all.set(account.address.toLowerCase(), await sign(account));
  return [...all.values()];
}

/** How many of the signatures it needs a change has. */
export function saySigned({ say, text }: Terminal, count: number, quorum: number): void {
  say(text(`${count} of the ${quorum} signatures it needs`, `已有${count}份签名，需要${quorum}份`));
}
