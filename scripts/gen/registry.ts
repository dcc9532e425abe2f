import { camelCase, generatedHeader } from './names.ts';

/** The static registry: bundlers see every statement, and no folder is read at run time. */
export function generateRegistry(slugs: readonly string[]): Map<string, string> {
  const imports = slugs.flatMap((slug) =>
    ['presets', 'statement', 'text'].map(
      (part) =>
        `import { ${part} as ${camelCase(slug)}${capital(part)} } from '../../circuits/statements/${slug}/${part}.ts';`,
    ),
  );
  const modules = slugs.map((slug) => {
    const name = camelCase(slug);
    return `  { statement: ${name}Statement as unknown as Statement, text: ${name}Text, presets: ${name}Presets },`;
  });
  const content = `${generatedHeader('//')}${imports.join('\n')}
import type { Statement } from './define-statement.ts';
import type { StatementModule } from './statement-module.ts';

export const statementModules: readonly StatementModule[] = [
${modules.join('\n')}
];
`;
  return new Map([['src/statements/registry.generated.ts', content]]);
}

function capital(part: string): string {
  return part.charAt(0).toUpperCase() + part.slice(1);
}
