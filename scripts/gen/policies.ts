import { readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { policySchema } from '../../src/statements/policy-format.ts';
import { generatedHeader } from './names.ts';

/** The policy files as a module, checked here, so that neither Node nor a browser reads or checks them again. */
export function generatePolicies(root: string): Map<string, string> {
  const folder = resolve(root, 'policies');
  const policies = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => {
      const parsed = policySchema.safeParse(
        JSON.parse(readFileSync(resolve(folder, file), 'utf8')),
      );
      if (!parsed.success) throw new Error(`policies/${file}: ${parsed.error.message}`);
      const { policy, region } = parsed.data;
      const name = region === undefined ? policy : `${policy}.${region}`;
      if (name !== basename(file, '.json')) throw new Error(`policies/${file} is about ${name}`);
      return parsed.data;
    });
  const content = `${generatedHeader('//')}import type { Policy } from './policy-format.ts';

export const policies: readonly Policy[] = ${JSON.stringify(policies, null, 2)};
`;
  return new Map([['src/statements/policies.generated.ts', content]]);
}
