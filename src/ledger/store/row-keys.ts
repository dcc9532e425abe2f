/** Tables whose rows are numbered without gaps: the column, and the first number. */
export const numberedTables = {
  person: { column: 'account_index', first: 0 },
  employer: { column: 'employer_index', first: 0 },
  person_facts: { column: 'id', first: 1 },
  record: { column: 'id', first: 1 },
  enrolment: { column: 'id', first: 1 },
} as const;
export type NumberedTable = keyof typeof numberedTables;
export const numberedTableNames = Object.keys(numberedTables) as NumberedTable[];

/** What a version is one of: of rows that agree in these columns, the last is effective. */
export const versionKeys = {
  record: ['account_index', 'month', 'insurance'],
  person_facts: ['account_index'],
} as const;
export type VersionedTable = keyof typeof versionKeys;
export const versionedTableNames = Object.keys(versionKeys) as VersionedTable[];
