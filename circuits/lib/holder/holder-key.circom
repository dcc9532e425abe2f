pragma circom 2.2.0;

include "holder/holder-signature.circom";
include "poseidon.circom";
include "tags.circom";

// The prover has the holder key behind a commitment, signed this request with it, and gets the one
// nullifier of that key and scope.
//
//   holderCommitment = Poseidon(TAG_HOLDER, Ax, Ay, nullifierKey)
//   nullifier        = Poseidon(TAG_NULLIFIER, nullifierKey, scope)
//
// Assumed, not constrained here: the key is a point of the prime subgroup (checked at enrolment).
//
// @input scope               public
// @input requestHash         public; the message of the signature
// @input holderAx            holder key; constrained by HolderSignature, and by the leaf that holds the commitment
// @input holderAy            holder key
// @input nullifierKey        secret; constrained by the leaf that holds the commitment
// @input signatureS          signature of requestHash
// @input signatureR8x        signature of requestHash
// @input signatureR8y        signature of requestHash
// @output holderCommitment   what the leaf must hold
// @output nullifier          public
template HolderKey() {
    signal input scope;
    signal input requestHash;
    signal input holderAx;
    signal input holderAy;
    signal input nullifierKey;
    signal input signatureS;
    signal input signatureR8x;
    signal input signatureR8y;
    signal output holderCommitment;
    signal output nullifier;

    HolderSignature()(
        ax <== holderAx,
        ay <== holderAy,
        s <== signatureS,
        r8x <== signatureR8x,
        r8y <== signatureR8y,
        message <== requestHash
    );
    holderCommitment <== Poseidon(4)([TAG_HOLDER(), holderAx, holderAy, nullifierKey]);
    nullifier <== Poseidon(3)([TAG_NULLIFIER(), nullifierKey, scope]);
}
