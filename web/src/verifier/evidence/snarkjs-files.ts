import { decodeAnyPresentation, isPresentationSet } from '../../../../src/request/any-request.ts';
import { exportSnarkjs, type Presentation } from '../../../../src/request/presentation.ts';
import { presentationsOf } from '../../../../src/request/presentation-set.ts';
import { statementModule, statementRegistry } from '../../../../src/statements/registry.ts';
import { keptAnswer } from '../../shared/kept-answers.ts';
import type { PresentationInput } from '../check/read-presentation-text.ts';

/** A file stock snarkjs reads. */
export interface SnarkjsFile {
  readonly name: string;
  readonly content: unknown;
}

/**
 * The proofs of a presentation as `canbao export` writes them; of a set, numbered.
 * @throws presentation.malformed and the like, sdk.unreachable
 */
export async function snarkjsFiles(presentation: PresentationInput): Promise<SnarkjsFile[]> {
  const decoded = decodeAnyPresentation(presentation, statementRegistry);
  if (!isPresentationSet(decoded)) return filesOf(decoded, '');
  const files: SnarkjsFile[] = [];
  for (const { index, presentation: one } of presentationsOf(decoded)) {
    files.push(...(await filesOf(one, `${index + 1}-`)));
  }
  return files;
}

async function filesOf(presentation: Presentation, prefix: string): Promise<SnarkjsFile[]> {
  const { statement } = statementModule(presentation.request.statement);
  const { proof, publicSignals } = exportSnarkjs(presentation, statement);
  const key = await keptAnswer(`/v1/keys/${statement.name}/verification_key.json`);
  return [
    { name: `${prefix}proof.json`, content: proof },
    { name: `${prefix}public.json`, content: publicSignals },
    { name: `${prefix}verification_key.json`, content: key },
  ];
}
