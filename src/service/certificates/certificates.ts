import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { decodeAnyPresentation, encodeAnyPresentation } from '../../request/any-request.ts';
import {
  type CertificateCode,
  newCertificateCode,
  parseCertificateCode,
} from '../../request/certificate-code.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { Service } from '../service.ts';
import { tokenHash } from '../tokens.ts';
import { checkPresentation } from '../verdicts/check-presentation.ts';

const MOST_SECONDS = 90 * 86_400;

export interface KeptCertificate {
  readonly code: CertificateCode;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/**
 * Keeps a presentation for whoever has its code, until the request in it expires, 90 days at most.
 * Of the code its hash alone is kept, and the presentation sealed: who has the database has neither.
 * @param input parsed JSON
 * @throws certificate.refused where it does not hold, presentation.malformed and the like for what
 * is no presentation, and what `checkPresentation` throws
 */
export async function keepCertificate(service: Service, input: unknown): Promise<KeptCertificate> {
  const { verdict } = await checkPresentation(service, input, { policy: {} });
  const { valid, reason, detail } = verdict;
  if (reason === 'malformed' && detail) throw new CanbaoError(detail.code, detail.facts);
  if (!valid || verdict.expiresAt === undefined) {
    throw new CanbaoError('certificate.refused', { reason });
  }
  const code = newCertificateCode(service.random);
  const expiresAt = Math.min(verdict.expiresAt, service.clock() + MOST_SECONDS);
  // As it is read back, and not as it came: no more than is in a presentation is kept.
  const file = encodeAnyPresentation(decodeAnyPresentation(input, statementRegistry));
  await service.db
    .insertInto('certificate')
    .values({
      code_hash: tokenHash(code),
      presentation: service.seal.seal(utf8ToBytes(JSON.stringify(file))),
      expires_at: new Date(expiresAt * 1000),
    })
    .execute();
  return { code, expiresAt };
}

/**
 * The presentation, as JSON.
 * @param typed as `parseCertificateCode` takes it
 * @throws certificate.bad_code, certificate.unknown also where its time is over
 */
export async function findCertificate(service: Service, typed: string): Promise<unknown> {
  const row = await service.db
    .selectFrom('certificate')
    .select('presentation')
    .where('code_hash', '=', tokenHash(parseCertificateCode(typed)))
    .where('expires_at', '>', new Date(service.clock() * 1000))
    .executeTakeFirst();
  if (!row) throw new CanbaoError('certificate.unknown');
  return JSON.parse(new TextDecoder().decode(service.seal.open(row.presentation)));
}
