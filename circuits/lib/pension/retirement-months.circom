pragma circom 2.2.0;

include "bitify.circom";
include "compare/is-at-least.circom";
include "one-hot.circom";

// When a person reaches retirement age: Decision of the NPC Standing Committee of 2024-09-13 on
// gradually raising the statutory retirement age, in force 2025-01-01.
//
//   originalMonth  = birthMonth + 12 · originalAge (men 60, women 55 or 50, residents 60)
//   n              = originalMonth − 1499: months since 2024-12, 2025-01 being 1
//   delay          = 0 if n ≤ 0, min(ceil(n/4), 36) for men and women-55, min(ceil(n/2), 60) for women-50
//   statutoryMonth = originalMonth + delay
//   earliestMonth  = max(statutoryMonth − 36, originalMonth)
//
// The residents' scheme keeps age 60 without delay.
//
// @input birthMonth          months since 1900-01, 12 bits; constrained by the profile
// @input retirementCategory  0 men, 1 women-55, 2 women-50; constrained here to 0..2
// @input scheme              0 employees', 1 residents'; constrained here to 0..1
// @output statutoryMonth     months since 1900-01, 13 bits
// @output earliestMonth      flexible early retirement, 13 bits
template RetirementMonths() {
    signal input birthMonth;
    signal input retirementCategory;
    signal input scheme;
    signal output statutoryMonth;
    signal output earliestMonth;

    scheme * (scheme - 1) === 0;
    signal isResident <== scheme;
    signal isCategory[3] <== OneHot(3)(retirementCategory);

    var employeeAgeMonths = 12 * (60 * isCategory[0] + 55 * isCategory[1] + 50 * isCategory[2]);
    signal originalAgeMonths <== employeeAgeMonths + isResident * (12 * 60 - employeeAgeMonths);
    signal originalMonth <== birthMonth + originalAgeMonths;

    // n, and 0 before the reform; at most as many months as reach the cap of the delay.
    signal isAfterReform <== IsAtLeast(13)(originalMonth, 1500);
    signal monthsIntoReform <== isAfterReform * (originalMonth - 1499);
    var cap = 144 - 24 * isCategory[2];
    signal isCapped <== IsAtLeast(13)(monthsIntoReform, cap);
    signal steps <== monthsIntoReform + isCapped * (cap - monthsIntoReform);

    // ceil(n/4) and ceil(n/2): the bits of n + 3 and n + 1 above the lowest two, or one.
    signal quarterBits[8] <== Num2Bits(8)(steps + 3);
    signal halfBits[8] <== Num2Bits(8)(steps + 1);
    var quarters = 0;
    var halves = 0;
    for (var i = 0; i < 6; i++) {
        quarters += quarterBits[i + 2] * (1 << i);
    }
    for (var i = 0; i < 7; i++) {
        halves += halfBits[i + 1] * (1 << i);
    }
    signal employeeDelay <== quarters + isCategory[2] * (halves - quarters);
    signal delay <== employeeDelay * (1 - isResident);
    statutoryMonth <== originalMonth + delay;

    // At most 36 months early, and never before the original age.
    signal isLongDelay <== IsAtLeast(6)(delay, 36);
    earliestMonth <== originalMonth + isLongDelay * (delay - 36);
}
