pragma circom 2.2.0;

include "bitify.circom";
include "compare/is-zero-value.circom";
include "poseidon.circom";
include "tree/tree-root.circom";

// The months an account spent in one region, or with one employer, if that was asked.
//
// A run leaf is Poseidon(place + 2^PLACE_BITS · insuranceMask, from, to). If a place is asked
// (place ≠ 0), the run must be in the account's tree and hold for the insurance; if not, the run
// is unbounded and the private inputs mean nothing.
//
// @input place          region or packed credit code, 0 = not asked; constrained by the caller to PLACE_BITS
// @input isInsurance    flags of the insurance asked; constrained by the caller
// @input root           the account's runs root; constrained by AccountOpening
// @input insuranceMask  insurances the run holds for; constrained here to 5 bits
// @input runFrom        first month of the run; constrained by the leaf hash if asked
// @input runTo          last month of the run; constrained by the leaf hash if asked
// @input index          position of the run; constrained here to [0, 64)
// @input siblings       Fr[3][3]
// @output from          first month, or 0 if no place was asked
// @output to            last month, or 4095 if no place was asked
template RunBounds(
    PLACE_BITS // width of a place: 20 for regions, 90 for employers
) {
    signal input place;
    signal input isInsurance[5];
    signal input root;
    signal input insuranceMask;
    signal input runFrom;
    signal input runTo;
    signal input index;
    signal input siblings[3][3];
    signal output from;
    signal output to;

    signal isAny <== IsZeroValue()(place);
    signal isAsked <== 1 - isAny;

    signal leaf <== Poseidon(3)([place + (1 << PLACE_BITS) * insuranceMask, runFrom, runTo]);
    signal runsRoot <== TreeRoot(3)(leaf, index, siblings);
    isAsked * (runsRoot - root) === 0;

    signal maskBits[5] <== Num2Bits(5)(insuranceMask);
    signal holds[5];
    var holdsForInsurance = 0;
    for (var i = 0; i < 5; i++) {
        holds[i] <== isInsurance[i] * maskBits[i];
        holdsForInsurance += holds[i];
    }
    isAsked * (1 - holdsForInsurance) === 0;

    from <== isAsked * runFrom;
    to <== 4095 + isAsked * (runTo - 4095);
}
