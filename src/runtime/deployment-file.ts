import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Address } from 'viem';
import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';

const FORMAT = 'canbao/deployment@1';

/** In lower case, as deploying returns it and requests name it. */
const address = z
  .string()
  .regex(/^0x[0-9a-f]{40}$/)
  .transform((text) => text as Address);

const schema = z.strictObject({
  format: z.literal(FORMAT),
  chainId: z.int().positive(),
  registry: address,
  /** The registry was not there before this block: where reading its events begins. */
  fromBlock: z.int().nonnegative().exactOptional(),
  statements: z
    .strictObject({
      statementVerifier: address,
      verifiers: z.record(z.string(), address),
      /** vkeyHash by statement: a changed key needs verifiers of its own. */
      keys: z.record(z.string(), z.string()),
    })
    .exactOptional(),
  /** Contracts that act on presentations, and the verifier they ask. */
  acting: z
    .strictObject({
      statementVerifier: address,
      benefitClaims: address,
      tenderRoster: address,
      fromBlock: z.int().nonnegative(),
    })
    .exactOptional(),
});

/** Where the contracts of an installation are; those of the statements once they were needed. */
export type DeploymentFile = Omit<z.output<typeof schema>, 'format'>;

/** Undefined where nothing is deployed yet. @throws cli.bad_file */
export async function readDeployment(path: string): Promise<DeploymentFile | undefined> {
  if (!existsSync(path)) return undefined;
  try {
    const { format: _, ...deployment } = schema.parse(JSON.parse(await readFile(path, 'utf8')));
    return deployment;
  } catch (cause) {
    throw new CanbaoError('cli.bad_file', { path, reason: 'not a deployment file' }, cause);
  }
}

/** Writes aside and renames: never half a file. */
export async function writeDeployment(path: string, deployment: DeploymentFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const scratch = `${path}.new`;
  await writeFile(scratch, `${JSON.stringify({ format: FORMAT, ...deployment }, null, 2)}\n`);
  await rename(scratch, path);
}
