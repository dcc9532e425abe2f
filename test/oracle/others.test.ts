import { describe, it } from 'vitest';
import { statementRegistry } from '../../src/statements/registry.ts';
import { holdAgainstOracle } from '../support/hold-against-oracle.ts';

/** These have a file of their own, and a thousand records. */
const APART = ['coverage@1', 'pension-eligibility@1'];
const others = statementRegistry.all().filter(({ name }) => !APART.includes(name));

describe.each(others.map((statement) => ({ name: statement.name, statement })))(
  '$name',
  ({ statement }) => {
    it(
      'circuit and check agree on 120 random records at N−1, N and N+1',
      () => holdAgainstOracle(statement, 120),
      280_000,
    );
  },
);
