import { join } from 'node:path';
import { Command } from 'commander';
import { verificationKeyFromZkey } from '../../groth16/zkey.ts';
import { decodeAnyPresentation, isPresentationSet } from '../../request/any-request.ts';
import { exportSnarkjs, type Presentation } from '../../request/presentation.ts';
import { presentationsOf } from '../../request/presentation-set.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';

/** `canbao export`: a presentation as stock snarkjs reads it; of a set, a folder each. */
export function exportCommand(): Command {
  return new Command('export')
    .argument('<presentation>', 'presentation file')
    .requiredOption('-o, --output <folder>', 'where to write them')
    .action(async (path: string, { output }: { output: string }, command) => {
      const environment = environmentOf(command);
      const read = decodeAnyPresentation(await readJsonFile(path), statementRegistry);
      if (!isPresentationSet(read)) {
        const files = await exportOne(environment, read, output);
        environment.terminal.result({ ok: true, output, files });
        return;
      }
      const exported: { number: number; output: string; files: string[] }[] = [];
      for (const { index, presentation } of presentationsOf(read)) {
        const number = index + 1;
        const folder = join(output, `${number}-${presentation.request.statement}`);
        const files = await exportOne(environment, presentation, folder);
        exported.push({ number, output: folder, files });
      }
      environment.terminal.result({ ok: true, output, exported });
    });
}

async function exportOne(
  { keys, terminal }: Environment,
  presentation: Presentation,
  folder: string,
): Promise<string[]> {
  const { statement } = statementModule(presentation.request.statement);
  const { artifacts } = await keys.get(statement.name);
  const { proof, publicSignals } = exportSnarkjs(presentation, statement);
  const files = {
    'proof.json': proof,
    'public.json': publicSignals,
    'verification_key.json': verificationKeyFromZkey(artifacts.zkey),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeJsonFile(join(folder, name), content);
  }
  const names = Object.keys(files);
  const paths = names.toReversed().map((name) => join(folder, name));
  terminal.say(`snarkjs groth16 verify ${paths.join(' ')}`);
  return names;
}
