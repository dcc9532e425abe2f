import { parseCertificateCode } from '../../../../src/request/certificate-code.ts';
import { connect } from '../../../../src/sdk/connection.ts';
import type { PresentationInput } from './read-presentation-text.ts';

/** Letters and figures in groups of four, right or wrong. */
const LOOKS = /^[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}[\s-]?[0-9A-Za-z]{4}$/;

/** Whether a text means to be a code; `certificateOf` says whether it is one. */
export function isCertificateCode(text: string): boolean {
  return LOOKS.test(text.trim());
}

/**
 * The presentation of a printed certificate, by the code on it. The service could keep it back, but not
 * change it: it is checked like any other.
 * @throws certificate.bad_code, certificate.unknown, sdk.unreachable
 */
export async function certificateOf(
  code: string,
  signal?: AbortSignal,
): Promise<PresentationInput> {
  return connect({ url: location.origin }).call({
    method: 'GET',
    path: `/v1/certificates/${parseCertificateCode(code)}`,
    signal,
  });
}
