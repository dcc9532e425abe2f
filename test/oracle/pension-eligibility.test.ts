import { it } from 'vitest';
import { statementModule } from '../../src/statements/registry.ts';
import { holdAgainstOracle } from '../support/hold-against-oracle.ts';

it(
  'circuit and check agree on 1000 random records at N−1, N and N+1',
  () => holdAgainstOracle(statementModule('pension-eligibility@1').statement, 1000),
  280_000,
);
