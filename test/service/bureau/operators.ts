import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import type { OperatorRole } from '../../../src/service/operators/operator.ts';
import type { TestService } from '../service.ts';

/** Headers of an operator of the built-in issuer. */
export async function as(
  { service: { home, clock } }: TestService,
  ...roles: readonly OperatorRole[]
): Promise<{ authorization: string }> {
  const subject = `test-${roles.join('-') || 'nobody'}`;
  const token = await developmentToken(home, { subject, roles, audience: 'canbao', clock });
  return { authorization: `Bearer ${token}` };
}

/** Waits until what was queued is at its end. */
export async function ended<T extends { readonly endedAt: number | null }>(
  read: () => Promise<T>,
): Promise<T> {
  for (;;) {
    const one = await read();
    if (one.endedAt !== null) return one;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
