import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Statement } from './define-statement.ts';
import type { Preset } from './preset.ts';
import { statementModules } from './registry.generated.ts';
import type { StatementRegistry } from './registry-port.ts';
import type { StatementModule } from './statement-module.ts';

const byName = new Map(statementModules.map((module) => [module.statement.name, module]));

/** Every statement of this build. */
export const statementRegistry: StatementRegistry = {
  get: (name) => byName.get(name as Statement['name'])?.statement,
  all: () => statementModules.map((module) => module.statement),
};

/** @throws statement.unknown */
export function statementModule(name: string): StatementModule {
  const module = byName.get(name as Statement['name']);
  if (!module) throw new CanbaoError('statement.unknown', { statement: name });
  return module;
}

/** @throws statement.unknown_preset */
export function presetBySlug(slug: string): { module: StatementModule; preset: Preset } {
  for (const module of statementModules) {
    const preset = module.presets.find((candidate) => candidate.slug === slug);
    if (preset) return { module, preset };
  }
  throw new CanbaoError('statement.unknown_preset', { preset: slug });
}

/** Every preset with the statement it asks for. */
export function allPresets(): { module: StatementModule; preset: Preset }[] {
  return statementModules.flatMap((module) => module.presets.map((preset) => ({ module, preset })));
}
