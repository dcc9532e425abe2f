pragma circom 2.2.0;

include "bitify.circom";
include "months/ledger-month.circom";

// Counts the months set in the year of a point in time, before its month.
//
// @input yearWord   12 bits a year; constrained by YearWords
// @input isYear     flags of the year; constrained by LedgerMonth
// @input isMonth    flags of the month in it; constrained by LedgerMonth
// @output months    0 to 11
template MonthsBeforeInYear() {
    signal input yearWord[LEDGER_YEARS()];
    signal input isYear[LEDGER_YEARS() + 1];
    signal input isMonth[12];
    signal output months;

    // The year's word; 0 after the ledger, where isYear[64] selects nothing.
    signal selected[LEDGER_YEARS()];
    var word = 0;
    for (var y = 0; y < LEDGER_YEARS(); y++) {
        selected[y] <== isYear[y] * yearWord[y];
        word += selected[y];
    }
    signal bits[12] <== Num2Bits(12)(word);

    signal partial[12];
    var before = 0;
    var sum = 0;
    for (var m = 0; m < 12; m++) {
        partial[m] <== isMonth[m] * before;
        sum += partial[m];
        before += bits[m];
    }
    months <== sum;
}
