pragma circom 2.2.0;

include "babyjub.circom";
include "eddsaposeidon.circom";

// Fails unless the holder signed the message (EdDSA-Poseidon on BabyJubjub).
//
// circomlib's verifier adds points with formulas that are complete only on the curve, and checks
// neither point: off it a denominator can vanish and leave a coordinate free. So both are checked.
//
// @input ax        public key; constrained here to the curve
// @input ay        public key
// @input s         signature scalar; constrained by EdDSAPoseidonVerifier below the subgroup order
// @input r8x       nonce point; constrained here to the curve
// @input r8y       nonce point
// @input message   what is signed, a field element
template HolderSignature() {
    signal input ax;
    signal input ay;
    signal input s;
    signal input r8x;
    signal input r8y;
    signal input message;

    BabyCheck()(ax, ay);
    BabyCheck()(r8x, r8y);
    EdDSAPoseidonVerifier()(
        enabled <== 1,
        Ax <== ax,
        Ay <== ay,
        S <== s,
        R8x <== r8x,
        R8y <== r8y,
        M <== message
    );
}
