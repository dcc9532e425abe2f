import { Command } from 'commander';
import { layoutBits } from '../../core/packed-word.ts';
import { allPolicies } from '../../statements/policy.ts';
import { allPresets, statementModule, statementRegistry } from '../../statements/registry.ts';
import { setPresetNeeds, setPresets } from '../../statements/set-presets.ts';
import { environmentOf } from '../environment.ts';
import { optionOf } from '../preset-options.ts';

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
        .map(({ preset }) => ({
          preset: preset.slug,
          name: preset.name,
          needs: preset.needs,
          policy: preset.policy,
        })),
    }));
    for (const { statement, name, presets: uses } of listed) {
      terminal.heading(`${statement}  ${name[language]}`);
      for (const { preset, name: use, needs } of uses) {
        const flags = needs.map((need) => ` ${optionOf(need)}`).join('');
        terminal.say(`  ${preset.padEnd(28)} ${use[language]}${flags && `  (${flags.trim()})`}`);
      }
    }
    const sets = setPresets.map((set) => ({
      ...{ preset: set.slug, name: set.name, mode: set.mode, needs: setPresetNeeds(set) },
      parts: set.parts.map(({ preset }) => preset),
    }));
    terminal.heading(terminal.text('Several statements at once', '多项声明'));
    for (const { preset, name, needs } of sets) {
      const flags = needs.map((need) => ` ${optionOf(need)}`).join('');
      terminal.say(`  ${preset.padEnd(28)} ${name[language]}${flags && `  (${flags.trim()})`}`);
    }
    terminal.result({ ok: true, statements: listed, sets, policies: allPolicies() });
  });
}
