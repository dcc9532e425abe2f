/** snarkjs's phase 1 file: an iden3 binary file of these sections. */
export const PTAU = { magic: 'ptau', version: 1 } as const;

export const PTAU_SECTION = {
  header: 1,
  tauG1: 2,
  tauG2: 3,
  alphaTauG1: 4,
  betaTauG1: 5,
  betaG2: 6,
  contributions: 7,
  lagrangeG1: 12,
  lagrangeG2: 13,
  lagrangeAlphaG1: 14,
  lagrangeBetaG1: 15,
} as const;
