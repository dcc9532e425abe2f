import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { languageOf } from '../../http/error-answers.ts';
import { parseAnyRequest, requestsOf } from '../../request/any-request.ts';
import type { Service } from '../../service/service.ts';
import {
  checkPresentation,
  type PresentationExpectation,
} from '../../service/verdicts/check-presentation.ts';
import {
  checkPresentations,
  type NamedVerdict,
} from '../../service/verdicts/check-presentations.ts';
import { verdictAnswer, verdictJson } from '../../service/verdicts/verdict-json.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { ApiOptions } from '../api-options.ts';
import { batchAnswer, batchBody, type Expected, verifyBody } from '../presentation-bodies.ts';

const BATCH_BYTES = 4 * 1024 * 1024;

/** Verdicts on presentations, for whoever holds one; nothing of them is kept. */
export async function presentationRoutes(plain: FastifyInstance, { service, config }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const tags = ['verification'];

  app.post(
    '/v1/presentations/verify',
    {
      config: { admission: 'verdict' },
      schema: {
        tags,
        summary: 'Verify a presentation',
        description: 'A false one is answered with `verified: false`, a malformed one is a 400.',
        security: [],
        body: verifyBody,
        response: { 200: verdictAnswer },
      },
    },
    async (request) => {
      const { body } = request;
      const checked = await checkPresentation(
        service,
        body.presentation,
        expectedOf(service, body),
      );
      const { reason, detail } = checked.verdict;
      if (reason === 'malformed' && detail) throw new CanbaoError(detail.code, detail.facts);
      return verdictJson(checked, languageOf(request));
    },
  );

  app.post(
    '/v1/presentations/verify-batch',
    {
      config: { admission: 'verdict' },
      bodyLimit: Math.max(BATCH_BYTES, config.bodyBytes),
      schema: {
        tags,
        summary: 'Verify many presentations',
        description:
          'Verdicts in order, under the names given. Malformed ones are told like false ones.',
        security: [],
        body: batchBody,
        response: { 200: batchAnswer },
      },
    },
    async (request) => {
      const { presentations, ...rest } = request.body;
      const names = presentations.map((one) => one.name);
      const again = names.findIndex((one, i) => names.indexOf(one) < i);
      if (again >= 0) throw new CanbaoError('verdict.repeated_name', { number: again + 1 });
      const { verdicts, holders } = await checkPresentations(
        service,
        presentations,
        expectedOf(service, rest),
      );
      const language = languageOf(request);
      return {
        verified: verdicts.every(({ verdict }) => verdict.valid),
        summary: { ...summaryOf(verdicts), ...(holders !== undefined && { holders }) },
        verdicts: verdicts.map((one) => ({
          name: one.name,
          ...verdictJson(one, language),
          ...(one.repeats !== undefined && { repeats: one.repeats }),
        })),
      };
    },
  );
}

function summaryOf(verdicts: readonly NamedVerdict[]) {
  const count = (is: (one: NamedVerdict) => boolean) => verdicts.filter(is).length;
  const isMalformed = ({ verdict }: NamedVerdict) => verdict.reason === 'malformed';
  return {
    total: verdicts.length,
    verified: count(({ verdict }) => verdict.valid),
    refused: count((one) => !one.verdict.valid && !isMalformed(one)),
    malformed: count(isMalformed),
    repeated: count(({ repeats }) => repeats !== undefined),
  };
}

/** @throws verdict.once_unkept, verdict.other_registry, and what `parseAnyRequest` throws */
function expectedOf(
  { chain }: Service,
  { request: json, audience, policy = {} }: Expected,
): PresentationExpectation {
  if (policy.once) throw new CanbaoError('verdict.once_unkept');
  const request = json === undefined ? undefined : parseAnyRequest(json, statementRegistry);
  const domain = request && requestsOf(request)[0]?.domain;
  const { chainId, verifyingContract } = chain.domain;
  if (domain && (domain.chainId !== chainId || domain.verifyingContract !== verifyingContract)) {
    throw new CanbaoError('verdict.other_registry', {
      chainId: domain.chainId,
      registry: domain.verifyingContract,
      ownChainId: chainId,
      ownRegistry: verifyingContract,
    });
  }
  return {
    policy,
    ...(request && { request }),
    ...(audience !== undefined && { audience }),
  };
}
