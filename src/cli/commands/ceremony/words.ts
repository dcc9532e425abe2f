import type { CheckedTranscript } from '../../../ceremony/check-transcript.ts';
import { attestationHash, type Transcript, wordsSchemas } from '../../../ceremony/transcript.ts';
import type { CeremonyProgress } from '../../../ceremony/work/init-ceremony.ts';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { firstIssue } from '../../../core/json.ts';
import { timeText } from '../../../core/time-text.ts';
import type { Progress, Terminal } from '../../terminal.ts';

/** One line at a time, for what takes seconds or minutes. */
export function ceremonyProgress(terminal: Terminal) {
  let line: { readonly id: string; readonly progress: Progress } | undefined;
  return {
    onProgress({ stage, statement = '', share }: CeremonyProgress) {
      const id = `${stage} ${statement}`;
      if (line?.id !== id) {
        line?.progress.done();
        line = { id, progress: terminal.progress(stageText(terminal, stage, statement)) };
      }
      if (share !== undefined) line.progress.update(share);
    },
    done: () => line?.progress.done(),
  };
}

function stageText({ text }: Terminal, stage: CeremonyProgress['stage'], of: string): string {
  switch (stage) {
    case 'compile':
      return text(`Compiling the circuit of ${of}`, `编译${of}的电路`);
    case 'phase1':
      return text('Making a phase 1 file for development', '生成开发用的第一阶段文件');
    case 'key':
      return text(`The key of ${of}, minutes`, `计算${of}的密钥，需数分钟`);
    case 'contribute':
      return text(`Contributing to ${of}`, `为${of}贡献`);
    case 'check':
      return text(`Checking contributions ${of}`.trimEnd(), `核对贡献${of}`);
  }
}

/** Every contribution and its hash, and how the ceremony stands. */
export function showCeremony(
  { say, text }: Terminal,
  { setup, contributions }: Transcript,
  checked: CheckedTranscript,
): void {
  say(`${setup.title}  ${timeText(setup.at)}`);
  for (const attestation of contributions) {
    const { number, name, at, beacon, signer } = attestation;
    const who = beacon ? text('beacon', '随机信标') : name;
    say(`${String(number).padStart(3)}  ${who}  ${timeText(at)}`);
    say(`     ${attestationHash(attestation)}`);
    if (beacon) say(`     ${setup.beacon.source}: ${beacon.value}`);
    if (signer) say(text(`     signed by ${signer}`, `     签名公钥${signer}`));
  }
  const { participants } = checked;
  say(
    text(
      `${participants} of at least ${setup.required} contributions${checked.isClosed ? ', and the beacon' : ''}.`,
      `贡献${participants}份（至少需要${setup.required}份）${checked.isClosed ? '，已应用随机信标' : ''}。`,
    ),
  );
  if (setup.phase1.kind === 'development') sayDevelopment({ say, text });
}

/** Said wherever keys of such a ceremony are. */
export function sayDevelopment({ say, text }: Pick<Terminal, 'say' | 'text'>): void {
  say(
    text(
      'Phase 1 was made by one party: whatever comes of this ceremony are development keys.',
      '第一阶段由单方生成：无论多少人参与，所得均为开发密钥。',
    ),
  );
}

/**
 * Runs a check whose refusal is an answer: the reason is told, and the command exits 1.
 * Faults go on as such.
 */
export async function orRefused(terminal: Terminal, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof CanbaoError) || !/^(ceremony|key)\./.test(error.code)) throw error;
    const { code, message, facts } = error;
    terminal.say(`✘ ${error.text(terminal.language)} [${code}]`);
    terminal.result({ ok: false, refused: { code, message, facts } });
    process.exitCode = 1;
  }
}

/** A line that goes into the transcript. @throws cli.bad_option */
export function transcriptLine(
  kind: keyof typeof wordsSchemas,
  option: string,
  text: string,
): string {
  const parsed = wordsSchemas[kind].safeParse(text);
  if (parsed.success) return parsed.data;
  throw new CanbaoError('cli.bad_option', { option, reason: firstIssue(parsed.error) });
}
