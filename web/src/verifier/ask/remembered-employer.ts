import { type KeptText, keptText } from '../../shell/kept-text.ts';

/** The own organisation's credit code, in this browser and only where somebody asked for it. */
export const rememberedEmployer: KeptText = keptText('localStorage', 'canbao-verifier-employer');
