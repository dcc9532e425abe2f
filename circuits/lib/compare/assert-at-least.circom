pragma circom 2.2.0;

include "bitify.circom";

// Fails unless a ≥ b, for numbers of BITS bits.
//
// @input a  any unit; constrained here to [0, 2^BITS)
// @input b  same unit; constrained here to [0, 2^BITS)
template AssertAtLeast(
    BITS // 1 to 251
) {
    assert(BITS < 252);
    signal input a;
    signal input b;

    signal aBits[BITS] <== Num2Bits(BITS)(a);
    signal bBits[BITS] <== Num2Bits(BITS)(b);
    signal differenceBits[BITS] <== Num2Bits(BITS)(a - b);
}
