import { z } from 'zod';
import { isChangeSignature } from '../../../chain/authority-change.ts';
import type { RegistryContract } from '../../../chain/registry.ts';
import type { AuthorityChange, CommitmentSignature } from '../../../chain/types.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { assertSignatures, hexBytes, signaturesSchema } from '../../change-signatures.ts';
import { readJsonFile, writeJsonFile } from '../../files.ts';

const FORMAT = 'canbao/authority-change@1';

const address = hexBytes(20);

const schema = z.strictObject({
  format: z.literal(FORMAT),
  chainId: z.int().positive(),
  registry: address,
  change: z.strictObject({
    previousChange: hexBytes(32),
    added: z.array(address),
    removed: z.array(address),
    quorum: z.int().positive(),
  }),
  signatures: signaturesSchema,
});

/** A change on its way from authority to authority, with the signatures it has so far. */
export interface ChangeFile {
  readonly change: AuthorityChange;
  readonly signatures: readonly CommitmentSignature[];
}

/**
 * Reads a change made for `registry`, every signature of which is its signer's.
 * @throws cli.no_file, cli.bad_file
 */
export async function readChangeFile(
  path: string,
  { chain, address }: RegistryContract,
): Promise<ChangeFile> {
  const parsed = schema.safeParse(await readJsonFile(path));
  if (!parsed.success) throw new CanbaoError('cli.bad_file', { path, reason: 'not a change' });
  const { chainId, registry, change, signatures } = parsed.data;
  if (chainId !== chain.chainId || registry !== address.toLowerCase()) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'for another registry' });
  }
  await assertSignatures(path, signatures, (one) =>
    isChangeSignature({ chainId, registry }, change, one),
  );
  return { change, signatures };
}

/** @throws cli.unwritable */
export function writeChangeFile(
  path: string,
  { chain, address }: RegistryContract,
  { change, signatures }: ChangeFile,
): Promise<void> {
  const registry = address.toLowerCase();
  return writeJsonFile(path, {
    ...{ format: FORMAT, chainId: chain.chainId, registry },
    ...{ change, signatures },
  });
}
