import { Command } from 'commander';
import { layoutBits } from '../../core/packed-word.ts';
import { allPresets, statementModule, statementRegistry } from '../../statements/registry.ts';
import { environmentOf } from '../environment.ts';

/** `canbao statements`: what can be proven, and the named uses of it. */
export function statementsCommand(): Command {
  return new Command('statements').action((_options, command) => {
    const { terminal } = environmentOf(command);
    const { language } = terminal;
    const presets = allPresets();
    const listed = statementRegistry.all().map(({ name, params }) => ({
      statement: name,
      name: statementModule(name).text.name,
      params,
      paramBits: layoutBits(params),
      presets: presets
        .filter(({ module }) => module.statement.name === name)
        .map(({ preset }) => ({ preset: preset.slug, name: preset.name, needs: preset.needs })),
    }));
    for (const { statement, name, presets: uses } of listed) {
      terminal.heading(`${statement}  ${name[language]}`);
      for (const { preset, name: use, needs } of uses) {
        const flags = needs.map((need) => ` --${need}`).join('');
        terminal.say(`  ${preset.padEnd(22)} ${use[language]}${flags && `  (${flags.trim()})`}`);
      }
    }
    terminal.result({ ok: true, statements: listed });
  });
}
