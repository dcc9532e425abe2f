import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseMonth } from '../../src/core/month.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import {
  type AccountSpec,
  accountOf,
  type EmployerSpec,
  employerOf,
  specValue,
} from './accounts.ts';
import type { Question } from './statement-witness.ts';

/** One case of a statement's `vectors.json`. */
export interface Vector extends Question {
  readonly name: string;
  /** Why it must be refused; undefined = it must be accepted. */
  readonly reason: string | undefined;
}

interface VectorFile {
  readonly epochMonth: string;
  /** Persons or employers, as the statement is about. */
  readonly accounts: Readonly<Record<string, AccountSpec | EmployerSpec>>;
  readonly cases: readonly {
    readonly name: string;
    readonly account: string;
    readonly epochMonth?: string;
    readonly params: Readonly<Record<string, number | string>>;
    readonly reason?: string;
  }[];
}

/** Params a case leaves out: no restriction. */
const unrestricted: Readonly<Record<string, bigint>> = {
  maxLateMonths: 1023n,
  maxBaseFen: 2n ** 32n - 1n,
};

export function vectorsOf(statement: Statement): Vector[] {
  const path = join(packageRoot, 'circuits', 'statements', statement.slug, 'vectors.json');
  const file = JSON.parse(readFileSync(path, 'utf8')) as VectorFile;
  return file.cases.map(({ name, account, params, epochMonth = file.epochMonth, reason }) => {
    const spec = file.accounts[account];
    if (!spec) throw new Error(`${path}: no account ${account}`);
    const given = Object.entries(params).map(([key, value]) => [key, specValue(value)] as const);
    const blank = Object.keys(statement.params).map(
      (key) => [key, unrestricted[key] ?? 0n] as const,
    );
    return {
      name,
      record:
        statement.subject === 'account'
          ? accountOf(spec as AccountSpec)
          : employerOf(spec as EmployerSpec),
      params: Object.fromEntries([...blank, ...given]),
      epochMonth: parseMonth(epochMonth),
      reason,
    };
  });
}
