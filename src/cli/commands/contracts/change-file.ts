import { z } from 'zod';
import {
  isStatementSignature,
  type StatementChange,
  type StatementDomain,
} from '../../../chain/statement-registry.ts';
import { type CommitmentSignature, statementActions } from '../../../chain/types.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import type { ChainService } from '../../../runtime/chain-service.ts';
import { assertSignatures, hexBytes, signaturesSchema } from '../../change-signatures.ts';
import { readJsonFile, writeJsonFile } from '../../files.ts';

const FORMAT = 'canbao/statement-change@1';

const previousChange = hexBytes(32);
const schema = z.strictObject({
  format: z.literal(FORMAT),
  chainId: z.int().positive(),
  registry: hexBytes(20),
  statementRegistry: hexBytes(20),
  change: z.union([
    z.strictObject({
      previousChange,
      entry: z.strictObject({
        statement: hexBytes(32),
        verifier: hexBytes(20),
        vkeyHash: hexBytes(32),
      }),
    }),
    z.strictObject({
      previousChange,
      action: z.enum(statementActions),
      statements: z.array(hexBytes(32)).min(1),
    }),
  ]),
  signatures: signaturesSchema,
});

/** A change of the statements on its way from authority to authority, with what it is signed by so far. */
export interface StatementChangeFile {
  readonly change: StatementChange;
  readonly signatures: readonly CommitmentSignature[];
}

/** What signatures of this installation's statements are for. */
export async function statementDomain(chain: ChainService): Promise<StatementDomain> {
  const { chainId, verifyingContract: registry } = chain.domain;
  return { chainId, registry, statementRegistry: (await chain.verifier()).address };
}

/**
 * Reads a change made for this installation's contracts, every signature of which is its signer's.
 * @throws cli.no_file, cli.bad_file
 */
export async function readStatementChange(
  path: string,
  domain: StatementDomain,
): Promise<StatementChangeFile> {
  const parsed = schema.safeParse(await readJsonFile(path));
  if (!parsed.success) throw new CanbaoError('cli.bad_file', { path, reason: 'not a change' });
  const { chainId, registry, statementRegistry, change, signatures } = parsed.data;
  const isOurs =
    chainId === domain.chainId &&
    registry === domain.registry.toLowerCase() &&
    statementRegistry === domain.statementRegistry.toLowerCase();
  if (!isOurs) throw new CanbaoError('cli.bad_file', { path, reason: 'for other contracts' });
  await assertSignatures(path, signatures, (one) => isStatementSignature(domain, change, one));
  return { change, signatures };
}

/** @throws cli.unwritable */
export function writeStatementChange(
  path: string,
  domain: StatementDomain,
  file: StatementChangeFile,
): Promise<void> {
  return writeJsonFile(path, { format: FORMAT, ...domain, ...file });
}
