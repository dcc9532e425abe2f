pragma circom 2.2.0;

include "compare/is-at-least.circom";

// The lesser of two numbers of BITS bits.
//
// @input a     any unit; constrained here to [0, 2^BITS)
// @input b     same unit; constrained here to [0, 2^BITS)
// @output out  min(a, b)
template Minimum(
    BITS // 1 to 251
) {
    assert(BITS < 252);
    signal input a;
    signal input b;
    signal output out;

    signal isFirst <== IsAtLeast(BITS)(b, a);
    out <== b + isFirst * (a - b);
}
