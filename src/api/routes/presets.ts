import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cataloguedPreset, presetCatalogue } from '../../service/presenting/preset-catalogue.ts';
import type { ApiOptions } from '../api-options.ts';
import { presetInputQuery } from './requests/preset-inputs.ts';

const inBoth = <T extends z.ZodType>(text: T) => z.object({ en: text, zh: text });
const line = inBoth(z.string());
const lines = inBoth(z.array(z.string()));

const preset = z.object({
  slug: z.string(),
  name: line,
  mode: z.enum(['all', 'any']).exactOptional().meta({ description: 'Of several statements' }),
  statements: z.array(z.string()),
  needs: z.array(z.string()).meta({ description: 'Inputs it cannot do without' }),
  policies: z.array(z.string()).meta({ description: 'Where its figures are from' }),
  notes: lines.meta({ description: 'What to know of the figures' }),
  asks: z
    .array(
      z.object({
        statement: z.string(),
        params: z.record(z.string(), z.string()),
        asks: line,
        reveals: lines,
        hides: lines,
      }),
    )
    .exactOptional()
    .meta({ description: 'What it asks, where it needs no more input than was given' }),
});

/** Uses people know by name, and what they ask, reveal and hide. */
export async function presetRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const tags = ['requests'];

  app.get(
    '/v1/presets',
    {
      schema: {
        tags,
        summary: 'Presets',
        description: 'Texts are of the last published month.',
        security: [],
        response: { 200: z.object({ presets: z.array(preset) }) },
      },
    },
    async () => ({ presets: (await presetCatalogue(service)).map(toAnswer) }),
  );

  app.get(
    '/v1/presets/:slug',
    {
      schema: {
        tags,
        summary: 'What a preset asks, for your input',
        security: [],
        params: z.object({ slug: z.string().max(80) }),
        querystring: presetInputQuery,
        response: { 200: preset },
      },
    },
    async ({ params, query }) => toAnswer(await cataloguedPreset(service, params.slug, query)),
  );
}

/** The same; answers are mutable by their schema's type. */
function toAnswer(entry: Awaited<ReturnType<typeof cataloguedPreset>>): z.input<typeof preset> {
  return structuredClone(entry) as z.input<typeof preset>;
}
