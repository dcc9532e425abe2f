pragma circom 2.2.0;

include "bitify.circom";

// Whether a ≥ b, for numbers of BITS bits.
//
// Both are range-checked here: circomlib's comparators answer wrongly for field elements
// outside their width (LessThan(8) says 1 for (p − 1, 1)).
//
// @input a     any unit; constrained here to [0, 2^BITS)
// @input b     same unit; constrained here to [0, 2^BITS)
// @output out  1 if a ≥ b, else 0
template IsAtLeast(
    BITS // 1 to 251
) {
    assert(BITS < 252);
    signal input a;
    signal input b;
    signal output out;

    signal aBits[BITS] <== Num2Bits(BITS)(a);
    signal bBits[BITS] <== Num2Bits(BITS)(b);

    // a − b + 2^BITS has bit BITS set exactly when a ≥ b.
    signal shiftedBits[BITS + 1] <== Num2Bits(BITS + 1)(a - b + (1 << BITS));
    out <== shiftedBits[BITS];
}
