pragma circom 2.2.0;

include "holder/holder-key.circom";
include "holder/identity-age.circom";
include "poseidon.circom";
include "tags.circom";
include "tree/tree-root.circom";

// What every statement about an employer rests on: the prover holds the key of one employer of the
// committed ledger, signed this very request with it, and gets the one nullifier of that key and scope.
//
//   employerLeaf  = Poseidon(TAG_EMPLOYER, holderCommitment, creditCode, identityMonth,
//                            paidInFull, headCounts[0..1], unpaidMonths)
//   employersRoot = root of the 4-ary tree of depth 16 over the leaves
//   epochRoot     = Poseidon(accountsRoot, employersRoot, epochMonth)
//
// Assumed, not constrained here: leaves were made by authorities, so a leaf's words are in range.
// Key, signature, commitment and nullifier: see HolderKey.
//
// @input epochRoot        public; equality with the opening is constrained here
// @input scope            public
// @input requestHash      public; the message of the signature
// @input identityBefore   month the holder key must be older than, 0 = any; 12 bits, constrained by the params
// @input holderAx         holder key; constrained to the curve and by the leaf
// @input holderAy         holder key
// @input nullifierKey     secret; constrained by the leaf
// @input signatureS       signature of requestHash
// @input signatureR8x     signature of requestHash
// @input signatureR8y     signature of requestHash
// @input creditCode       packed, 90 bits; constrained by the leaf
// @input identityMonth    when the key was enrolled, 12 bits; constrained by the leaf
// @input paidInFull       Poseidon of the months paid in full; constrained by the leaf
// @input headCounts       Fr[2], 16 bits a month, the epoch's month first; constrained by the leaf
// @input unpaidMonths     contributions owed, person × insurance × month; constrained by the leaf
// @input employerIndex    position of the leaf; constrained here to 32 bits
// @input siblings         Fr[16][3]
// @input accountsRoot     constrained by epochRoot
// @input epochMonth       months since 1900-01; constrained by epochRoot
// @output nullifier       public
template EmployerOpening() {
    signal input epochRoot;
    signal input scope;
    signal input requestHash;
    signal input identityBefore;

    signal input holderAx;
    signal input holderAy;
    signal input nullifierKey;
    signal input signatureS;
    signal input signatureR8x;
    signal input signatureR8y;

    signal input creditCode;
    signal input identityMonth;
    signal input paidInFull;
    signal input headCounts[2];
    signal input unpaidMonths;

    signal input employerIndex;
    signal input siblings[16][3];
    signal input accountsRoot;
    signal input epochMonth;

    signal output nullifier;

    // The holder's key, this request, the one nullifier.
    component key = HolderKey();
    key.scope <== scope;
    key.requestHash <== requestHash;
    key.holderAx <== holderAx;
    key.holderAy <== holderAy;
    key.nullifierKey <== nullifierKey;
    key.signatureS <== signatureS;
    key.signatureR8x <== signatureR8x;
    key.signatureR8y <== signatureR8y;
    nullifier <== key.nullifier;

    // The employer is in the ledger the authorities committed.
    signal employerLeaf <== Poseidon(8)([
        TAG_EMPLOYER(), key.holderCommitment, creditCode, identityMonth,
        paidInFull, headCounts[0], headCounts[1], unpaidMonths
    ]);
    signal employersRoot <== TreeRoot(16)(employerLeaf, employerIndex, siblings);
    signal openedRoot <== Poseidon(3)([accountsRoot, employersRoot, epochMonth]);
    openedRoot === epochRoot;

    // The key is older than the verifier asks.
    IdentityAge()(identityMonth <== identityMonth, identityBefore <== identityBefore);
}
