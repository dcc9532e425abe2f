import { join } from 'node:path';
import { Command } from 'commander';
import { verificationKeyFromZkey } from '../../groth16/zkey.ts';
import { decodePresentation, exportSnarkjs } from '../../request/presentation.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';

/** `canbao export`: a presentation as stock snarkjs reads it. */
export function exportCommand(): Command {
  return new Command('export')
    .argument('<presentation>', 'presentation file')
    .requiredOption('-o, --output <folder>', 'where to write them')
    .action(async (path: string, { output }: { output: string }, command) => {
      const environment = environmentOf(command);
      const presentation = decodePresentation(await readJsonFile(path), statementRegistry);
      const { statement } = statementModule(presentation.request.statement);
      const { artifacts } = await environment.keys.get(statement.name);
      const { proof, publicSignals } = exportSnarkjs(presentation, statement);
      const files = {
        'proof.json': proof,
        'public.json': publicSignals,
        'verification_key.json': verificationKeyFromZkey(artifacts.zkey),
      };
      for (const [name, content] of Object.entries(files))
        await writeJsonFile(join(output, name), content);
      environment.terminal.say(
        `snarkjs groth16 verify ${join(output, 'verification_key.json')} ${join(output, 'public.json')} ${join(output, 'proof.json')}`,
      );
      environment.terminal.result({ ok: true, output, files: Object.keys(files) });
    });
}
