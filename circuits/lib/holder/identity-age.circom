pragma circom 2.2.0;

include "compare/is-at-least.circom";
include "compare/is-zero-value.circom";

// Fails if the holder key was enrolled in `identityBefore` or later; 0 asks nothing. Without it a
// nullifier could be escaped by enrolling anew.
//
// @input identityMonth   months since 1900-01; constrained here to 12 bits
// @input identityBefore  months since 1900-01, 0 = any; constrained here to 12 bits
template IdentityAge() {
    signal input identityMonth;
    signal input identityBefore;

    signal isAny <== IsZeroValue()(identityBefore);
    signal isTooNew <== IsAtLeast(12)(identityMonth, identityBefore);
    isTooNew * (1 - isAny) === 0;
}
