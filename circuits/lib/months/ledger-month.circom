pragma circom 2.2.0;

include "one-hot.circom";

// First month of the ledger, 1990-01, as months since 1900-01.
function LEDGER_START() {
    return 1080;
}

// Years a coverage bit set spans: 1990 to 2053.
function LEDGER_YEARS() {
    return 64;
}

// Splits a point in time into the ledger's year and the month in it.
//
// The flags force 0 ≤ year ≤ 64 and 0 ≤ monthInYear ≤ 11, so the split is the only one and a
// month before 1990-01 or after 2054-12 has no solution.
//
// @input month         months since 1900-01; constrained here to 1990-01..2054-12
// @output isYear       isYear[y] = 1 in year 1990 + y; year 64 stands for "after the ledger"
// @output isMonth      isMonth[m] = 1 in month m of the year, 0 = January
template LedgerMonth() {
    signal input month;
    signal output isYear[LEDGER_YEARS() + 1];
    signal output isMonth[12];

    signal year;
    year <-- (month - LEDGER_START()) \ 12;
    signal monthInYear <== month - LEDGER_START() - 12 * year;

    isYear <== OneHot(LEDGER_YEARS() + 1)(year);
    isMonth <== OneHot(12)(monthInYear);
}
