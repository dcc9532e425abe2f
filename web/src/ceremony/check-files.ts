import { type CheckedTranscript, checkTranscript } from '../../../src/ceremony/check-transcript.ts';
import { assertCurrent, keyHistory } from '../../../src/ceremony/key-history.ts';
import { parseTranscript, type Transcript } from '../../../src/ceremony/transcript.ts';
import { CanbaoError, type ErrorFacts } from '../../../src/core/errors/canbao-error.ts';
import type { ErrorCode } from '../../../src/core/errors/catalogue.ts';

export interface GivenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A ceremony whose transcript holds. */
export interface CeremonyFound {
  readonly transcript: Transcript;
  readonly checked: CheckedTranscript;
  /** Statements whose key file was given, and is the one of the transcript. */
  readonly keysHeld: readonly string[];
}

/** As it crosses from a worker: errors would lose their code. */
export type CeremonyAnswer =
  | { readonly found: CeremonyFound; readonly error?: undefined }
  | { readonly found?: undefined; readonly error: { code: ErrorCode; facts: ErrorFacts } };

/** Checks a transcript, and the key files that came with it. */
export async function checkFiles(
  files: readonly GivenFile[],
  onProgress: (share: number) => void,
): Promise<CeremonyAnswer> {
  try {
    return { found: await check(files, onProgress) };
  } catch (error) {
    if (error instanceof CanbaoError) return { error: { code: error.code, facts: error.facts } };
    const what = error instanceof Error ? error.message : String(error);
    return { error: { code: 'core.internal', facts: { what } } };
  }
}

async function check(
  files: readonly GivenFile[],
  onProgress: (share: number) => void,
): Promise<CeremonyFound> {
  const keys = files.filter(({ bytes }) => isZkey(bytes));
  const [transcriptFile] = files.filter((file) => !keys.includes(file));
  if (!transcriptFile) {
    throw new CanbaoError('ceremony.bad_file', { file: 'ceremony.json', reason: 'not chosen' });
  }
  const transcript = parseTranscript(readJson(transcriptFile), transcriptFile.name);
  const keysHeld: string[] = [];
  for (const { name, bytes } of keys) {
    const history = keyHistory(bytes);
    const known = Object.entries(transcript.setup.statements);
    const statement = known.find(([, one]) => one.circuitHash === history.fixed.circuitHash)?.[0];
    if (!statement) throw new CanbaoError('ceremony.other_circuit', { statement: name });
    assertCurrent(transcript, statement, history);
    keysHeld.push(statement);
  }
  const checked = await checkTranscript(transcript, onProgress);
  return { transcript, checked, keysHeld };
}

function isZkey(bytes: Uint8Array): boolean {
  return String.fromCharCode(...bytes.subarray(0, 4)) === 'zkey';
}

function readJson({ name, bytes }: GivenFile): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new CanbaoError('ceremony.bad_file', { file: name, reason: 'JSON' }, cause);
  }
}
