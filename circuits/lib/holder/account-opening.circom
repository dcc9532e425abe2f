pragma circom 2.2.0;

include "holder/holder-key.circom";
include "holder/identity-age.circom";
include "poseidon.circom";
include "tags.circom";
include "tree/tree-root.circom";
include "unpack-profile.circom";

// What every statement about a person rests on: the prover holds the key of one account of the committed ledger,
// signed this very request with it, and gets the one nullifier of that key and scope.
//
//   accountLeaf      = Poseidon(TAG_ACCOUNT, holderCommitment, profile, benefits, coverage[0..4],
//                               regionRunsRoot, employerRunsRoot, ledgerHead)
//   accountsRoot     = root of the 4-ary tree of depth 16 over the leaves
//   epochRoot        = Poseidon(accountsRoot, employersRoot, epochMonth)
//
// Assumed, not constrained here: leaves were made by authorities, so a leaf's words are in range.
// Key, signature, commitment and nullifier: see HolderKey.
//
// @input epochRoot         public; equality with the opening is constrained here
// @input scope             public
// @input requestHash       public; the message of the signature
// @input identityBefore    month the holder key must be older than, 0 = any; 12 bits, constrained by the params
// @input holderAx          holder key; constrained to the curve and by the leaf
// @input holderAy          holder key
// @input nullifierKey      secret; constrained by the leaf
// @input signatureS        signature of requestHash
// @input signatureR8x      signature of requestHash
// @input signatureR8y      signature of requestHash
// @input profile           packed; constrained by the leaf
// @input benefits          packed; constrained by the leaf
// @input coverage          Fr[5], hashes; constrained by the leaf
// @input regionRunsRoot    constrained by the leaf
// @input employerRunsRoot  constrained by the leaf
// @input ledgerHead        constrained by the leaf
// @input accountIndex      position of the leaf; constrained here to 32 bits
// @input siblings          Fr[16][3]
// @input employersRoot     constrained by epochRoot
// @input epochMonth        months since 1900-01; constrained by epochRoot
// @output nullifier        public
// @output birthMonth           from the profile, 12 bits
// @output retirementCategory   from the profile, 2 bits
// @output scheme               from the profile, 2 bits
// @output deemedMonths         from the profile, 10 bits
template AccountOpening() {
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

    signal input profile;
    signal input benefits;
    signal input coverage[5];
    signal input regionRunsRoot;
    signal input employerRunsRoot;
    signal input ledgerHead;

    signal input accountIndex;
    signal input siblings[16][3];
    signal input employersRoot;
    signal input epochMonth;

    signal output nullifier;
    signal output birthMonth;
    signal output retirementCategory;
    signal output scheme;
    signal output deemedMonths;

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

    // The holder's account is in the ledger the authorities committed.
    signal accountLeaf <== Poseidon(12)([
        TAG_ACCOUNT(), key.holderCommitment, profile, benefits,
        coverage[0], coverage[1], coverage[2], coverage[3], coverage[4],
        regionRunsRoot, employerRunsRoot, ledgerHead
    ]);
    signal accountsRoot <== TreeRoot(16)(accountLeaf, accountIndex, siblings);
    signal openedRoot <== Poseidon(3)([accountsRoot, employersRoot, epochMonth]);
    openedRoot === epochRoot;

    // The key is older than the verifier asks.
    component fields = UnpackProfile();
    fields.word <== profile;
    IdentityAge()(identityMonth <== fields.identityMonth, identityBefore <== identityBefore);

    birthMonth <== fields.birthMonth;
    retirementCategory <== fields.retirementCategory;
    scheme <== fields.scheme;
    deemedMonths <== fields.deemedMonths;
}
