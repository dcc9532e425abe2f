import { Command } from 'commander';
import { attestationHash } from '../../../ceremony/transcript.ts';
import { contribute } from '../../../ceremony/work/contribute.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { environmentOf } from '../../environment.ts';
import type { Terminal } from '../../terminal.ts';
import { readSigningKey } from './signing-key.ts';
import { ceremonyProgress, transcriptLine } from './words.ts';

interface ContributeOptions {
  readonly name: string;
  readonly output: string;
  readonly key?: string;
}

/** `canbao ceremony contribute`: run by the contributor, on a machine of their own. */
export function contributeCommand(): Command {
  return new Command('contribute')
    .description('add a secret of your own to every key; it is kept nowhere')
    .argument('<folder>', 'the ceremony, as it was handed to you')
    .requiredOption('--name <name>', 'who contributes: it is published')
    .requiredOption('-o, --output <folder>', 'a new folder, to hand back')
    .option('--key <file>', 'sign with the Ed25519 key in this file; made where there is none')
    .action(async (folder: string, options: ContributeOptions, command) => {
      const { terminal, clock } = environmentOf(command);
      const { output } = options;
      const name = transcriptLine('name', '--name', options.name);
      const secretKey = options.key ? await readSigningKey(options.key) : undefined;
      const entropy = await typedEntropy(terminal);
      const progress = ceremonyProgress(terminal);
      const attestation = await contribute({
        ...{ folder, output, name, entropy, secretKey, clock },
        onProgress: progress.onProgress,
      }).finally(progress.done);
      const { number, signer } = attestation;
      const hash = attestationHash(attestation);
      const { text, say } = terminal;
      say(
        text(
          `Contribution ${number}. Hand back: ${output}`,
          `第${number}份贡献。请交回：${output}`,
        ),
      );
      say(
        text(
          'Publish this hash where others know it is yours, and keep it:',
          '请在他人知道属于您的地方公布以下哈希，并自行保存：',
        ),
      );
      say(`  ${hash}`);
      if (signer) say(text(`Signed by ${signer}`, `签名公钥${signer}`));
      say(
        text(
          'The secrets were in memory alone. Shut the machine down, or erase it.',
          '秘密只存在于内存中。请关机或清除这台机器。',
        ),
      );
      terminal.result({ ok: true, output, number, hash, ...(signer && { signer }) });
    });
}

/**
 * What the contributor types, to be mixed with the system's randomness; `CANBAO_ENTROPY` in its place.
 * Without a terminal, the system's alone.
 */
async function typedEntropy({ text }: Terminal): Promise<string> {
  const given = process.env.CANBAO_ENTROPY;
  if (given !== undefined || !process.stdin.isTTY) return given ?? '';
  const { isCancel, password } = await import('@clack/prompts');
  const typed = await password({
    message: text('Type anything, long and at random', '请随意输入一长串字符'),
  });
  if (isCancel(typed))
    throw new CanbaoError('cli.bad_usage', { reason: 'nothing was contributed' });
  return typed;
}
