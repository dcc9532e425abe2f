import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type Browser, chromium as playwright } from 'playwright-core';
import { chromium } from './pages.ts';

/** A Chromium with Debian's speech dispatcher: its voices are real, and what they say goes to a file. */
export interface SpeakingBrowser extends AsyncDisposable {
  readonly browser: Browser;
  /** What was spoken so far, a sentence a line. */
  heard(): Promise<string[]>;
}

/** Whether a voice is there; a pipeline is to have one. */
export const canSpeak =
  process.env.CI !== undefined ||
  ['speech-dispatcher', 'espeak-ng'].every((one) => spawnSync('which', [one]).status === 0);

/** @param languages of its voices, as espeak-ng has them */
export async function launchWithVoices(
  voices: Readonly<Record<string, string>>,
): Promise<SpeakingBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-speech-'));
  const heard = join(folder, 'heard');
  const dispatcher = await startDispatcher(folder, heard, voices);
  const browser = await playwright.launch({
    executablePath: chromium ?? '',
    args: ['--no-sandbox', '--enable-speech-dispatcher'],
    env: { ...process.env, SPEECHD_ADDRESS: `unix_socket:${join(folder, 'socket')}` },
  });
  return {
    browser,
    async heard() {
      const text = await readFile(heard, 'utf8').catch(() => '');
      return text.split('\n').filter(Boolean);
    },
    async [Symbol.asyncDispose]() {
      await browser.close();
      const ended = once(dispatcher, 'exit');
      dispatcher.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startDispatcher(
  folder: string,
  heard: string,
  voices: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const names = Object.entries(voices);
  await mkdir(join(folder, 'modules'));
  // Half a second a sentence: nothing is played, and a listener has time to leave.
  await writeFile(
    join(folder, 'modules', 'voices.conf'),
    [
      'Debug 0',
      `GenericExecuteSynth "echo \\'$DATA\\' | tee -a ${heard} | espeak-ng -v $VOICE --stdin -w /dev/null; sleep 0.5"`,
      ...names.map(([tag, voice]) => `GenericLanguage "${tag}" "${voice}" "utf-8"`),
      ...names.map(([tag, voice]) => `AddVoice "${tag}" "MALE1" "${voice}"`),
      '',
    ].join('\n'),
  );
  await writeFile(
    join(folder, 'speechd.conf'),
    [
      'AudioOutputMethod "libao"',
      'AddModule "voices" "sd_generic" "voices.conf"',
      'DefaultModule voices',
      '',
    ].join('\n'),
  );
  // A sound device that takes everything.
  await writeFile(join(folder, '.libao'), 'default_driver=null\n');
  const socket = join(folder, 'socket');
  const dispatcher = spawn(
    'speech-dispatcher',
    [
      ...['--run-single', '--config-dir', folder, '--log-dir', folder, '--timeout', '0'],
      ...['--communication-method', 'unix_socket', '--socket-path', socket],
      ...['--pid-file', join(folder, 'pid')],
    ],
    { env: { ...process.env, HOME: folder }, stdio: 'ignore' },
  );
  for (let waited = 0; !existsSync(socket); waited++) {
    if (waited > 100 || dispatcher.exitCode !== null) throw new Error('no speech dispatcher');
    await setTimeout(100);
  }
  return dispatcher;
}
