/** What an operator may do: enrol, import, close months, read everything; `admin` may do all of it. */
export const operatorRoles = ['clerk', 'importer', 'closer', 'auditor', 'admin'] as const;
export type OperatorRole = (typeof operatorRoles)[number];

/** A person, or a program, at work for the bureau. */
export interface Operator {
  /** Who it is to the issuer: the token's subject. */
  readonly subject: string;
  readonly roles: readonly OperatorRole[];
}

/** The role that lets an operator do what any of `allowed` may; undefined where none does. */
export function roleFor(
  { roles }: Operator,
  allowed: readonly OperatorRole[],
): OperatorRole | undefined {
  return [...allowed, 'admin' as const].find((role) => roles.includes(role));
}

/** The roles of a token's claim; names of others, meant for other programs, are passed over. */
export function rolesOfClaim(claim: unknown): OperatorRole[] {
  if (!Array.isArray(claim)) return [];
  return operatorRoles.filter((role) => claim.includes(role));
}
