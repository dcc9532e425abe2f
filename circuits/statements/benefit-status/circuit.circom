pragma circom 2.2.0;

include "compare/is-at-least.circom";
include "compare/is-zero-value.circom";
include "one-hot.circom";
include "unpack-benefits.circom";

// benefit-status@1: in the month the ledger was committed for, the holder receives a benefit, or does
// not.
//
// A pension is received from `pensionSince` on; unemployment benefit through `lastUnemploymentClaimEnd`.
//
// Params, constrained to their widths by UnpackBenefitStatusParams:
// @input benefit      0 pension, 1 unemployment, 2 either; constrained here to 0..2
// @input isReceiving  boolean: 1 = receives it, 0 = does not
//
// Of the account, constrained by AccountOpening:
// @input benefits    packed; unpacked here
// @input epochMonth  month the ledger was committed for
template BenefitStatusRule() {
    signal input benefit;
    signal input isReceiving;

    signal input benefits;
    signal input epochMonth;

    signal isBenefit[3] <== OneHot(3)(benefit);
    component fields = UnpackBenefits();
    fields.word <== benefits;

    signal isPensionNone <== IsZeroValue()(fields.pensionSince);
    signal isPensionDue <== IsAtLeast(12)(epochMonth, fields.pensionSince);
    signal isPension <== isPensionDue * (1 - isPensionNone);
    signal isUnemployment <== IsAtLeast(12)(fields.lastUnemploymentClaimEnd, epochMonth);
    signal isBoth <== isPension * isUnemployment;

    signal pensionPart <== isBenefit[0] * isPension;
    signal unemploymentPart <== isBenefit[1] * isUnemployment;
    signal eitherPart <== isBenefit[2] * (isPension + isUnemployment - isBoth);
    pensionPart + unemploymentPart + eitherPart === isReceiving;
}
