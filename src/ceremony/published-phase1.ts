/**
 * blake2b-512 of the prepared phase 1 files that Hermez published of the Perpetual Powers of Tau (54
 * contributions and a beacon), by their power. Source: the table in snarkjs's README.
 */
export const PUBLISHED_PHASE1: ReadonlyMap<number, string> = new Map([
  [
    14,
    'eeefbcf7c3803b523c94112023c7ff89558f9b8e0cf5d6cdcba3ade60f168af4a181c9c21774b94fbae6c90411995f7d854d02ebd93fb66043dbb06f17a831c1',
  ],
  [
    15,
    '982372c867d229c236091f767e703253249a9b432c1710b4f326306bfa2428a17b06240359606cfe4d580b10a5a1f63fbed499527069c18ae17060472969ae6e',
  ],
  [
    16,
    '6a6277a2f74e1073601b4f9fed6e1e55226917efb0f0db8a07d98ab01df1ccf43eb0e8c3159432acd4960e2f29fe84a4198501fa54c8dad9e43297453efec125',
  ],
]);
