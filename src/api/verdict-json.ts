/** In what form verdicts leave over HTTP: as webhooks and stored answers have them. */
export { type VerdictJson, verdictAnswer, verdictJson } from '../service/verdicts/verdict-json.ts';
