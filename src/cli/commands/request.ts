import { Command } from 'commander';
import {
  type AnyRequest,
  encodeAnyRequest,
  isRequestSet,
  parseAnyRequest,
} from '../../request/any-request.ts';
import type { PresentationRequest } from '../../request/presentation-request.ts';
import { policyNotes } from '../../statements/policy-notes.ts';
import { statementModule, statementRegistry } from '../../statements/registry.ts';
import { type Environment, environmentOf } from '../environment.ts';
import { readJsonFile, writeJsonFile } from '../files.ts';
import { type NewRequestOptions, newRequest } from '../new-request.ts';
import { addPresetOptions } from '../preset-options.ts';
import { requestLines } from '../request-words.ts';

interface NewOptions extends NewRequestOptions {
  readonly output: string;
}

/** `canbao request new|show`: what a verifier asks to be proven. */
export function requestCommand(): Command {
  const request = new Command('request');
  const create = request
    .command('new')
    .description('make a request from a preset, or a set from several (see `canbao statements`)')
    .requiredOption('--preset <name>', 'a named use; may be given again', collect)
    .option('--mode <mode>', 'of several presets, all must be proven or any one; default: all')
    .requiredOption('--audience <origin>', 'who asks: an https origin, or a CAIP-10 account')
    .requiredOption('--purpose <text>', 'what for; one proof a person, audience and purpose')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--as-of <YYYY-MM>', 'month the question is about; default: the last one published');
  addPresetOptions(create)
    .option('--expires <days>', 'days the request counts', '7')
    .action(async (options: NewOptions, command) => {
      const environment = environmentOf(command);
      const made = await newRequest(environment, options);
      await writeJsonFile(options.output, encodeAnyRequest(made));
      showRequest(environment, made);
      const { terminal } = environment;
      const notes = policyNotes(options.preset, terminal.language);
      for (const note of notes) terminal.say(`  ! ${note}`);
      terminal.say(terminal.text(`\nRequest: ${options.output}`, `\n请求：${options.output}`));
      terminal.result({
        ...{ ok: true, output: options.output, request: encodeAnyRequest(made) },
        notes,
      });
    });
  request
    .command('show')
    .description('say in plain words what a request asks, reveals and leaves hidden')
    .argument('<file>', 'request file')
    .action(async (file: string, _options, command) => {
      const environment = environmentOf(command);
      const read = parseAnyRequest(await readJsonFile(file), statementRegistry);
      showRequest(environment, read);
      const words = isRequestSet(read)
        ? { mode: read.mode, requests: read.requests.map((one) => wordsOf(environment, one)) }
        : wordsOf(environment, read);
      environment.terminal.result({ ok: true, request: encodeAnyRequest(read), ...words });
    });
  return request;
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

function showRequest({ terminal }: Environment, request: AnyRequest): void {
  for (const line of requestLines(request, terminal.language)) terminal.say(line);
}

function wordsOf({ terminal: { language } }: Environment, request: PresentationRequest) {
  const { text } = statementModule(request.statement);
  return {
    asks: text.asks(request.params, language),
    reveals: text.reveals(request.params, language),
    hides: text.hides(request.params, language),
  };
}
