pragma circom 2.2.0;

include "comparators.circom";

// Whether a field element is 0; any element is in range, so nothing is checked before.
//
// @input in    any field element
// @output out  1 if in = 0, else 0
template IsZeroValue() {
    signal input in;
    signal output out;

    out <== IsZero()(in);
}
