pragma circom 2.2.0;

include "compare/is-at-least.circom";

// Contribution months a pension needs, by the month of retirement: Decision of 2024-09-13, art. 2.
//
// 180 through 2029, then 6 more each year: 186 in 2030, …, 240 from 2039. The residents' scheme
// keeps 180.
//
// @input month        month that decides, months since 1900-01; constrained here to 13 bits
// @input isResident   boolean; constrained by the caller
// @output months      180 to 240
template MinimumMonths() {
    signal input month;
    signal input isResident;
    signal output months;

    signal isYearReached[10];
    var years = 0;
    for (var k = 0; k < 10; k++) {
        // 1560 is 2030-01.
        isYearReached[k] <== IsAtLeast(13)(month, 1560 + 12 * k);
        years += isYearReached[k];
    }
    months <== 180 + 6 * years * (1 - isResident);
}
