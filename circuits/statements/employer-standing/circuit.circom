pragma circom 2.2.0;

include "bitify.circom";
include "compare/assert-at-least.circom";
include "compare/is-at-least.circom";
include "compare/is-zero-value.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "months/year-words.circom";
include "poseidon.circom";

// employer-standing@1: the employer paid in full in every month of [from, to], insured at least
// `minPeople` people in each, and, if asked, owes nothing today.
//
// Head-counts reach back 24 months from the month the ledger was committed for: if people are asked,
// the window must begin within them.
//
// Params, constrained to their widths by UnpackEmployerStandingParams:
// @input employer       packed credit code, 0 = undisclosed; 90 bits
// @input from           first month of the window, months since 1900-01, 12 bits
// @input to             last month of the window, 12 bits
// @input minPeople      insured people in each month, 0 = not asked; 16 bits
// @input isArrearsFree  boolean: 1 = nothing may be owed
//
// Of the employer, constrained by EmployerOpening:
// @input creditCode    packed, 90 bits
// @input paidInFull    Poseidon of the months paid in full
// @input headCounts    Fr[2], 16 bits a month, the epoch's month first; constrained here to 192 bits
// @input unpaidMonths  contributions owed
// @input epochMonth    month the ledger was committed for
//
// Private:
// @input paidInFullWords  Fr[4], the months; constrained here by paidInFull
template EmployerStandingRule() {
    signal input employer;
    signal input from;
    signal input to;
    signal input minPeople;
    signal input isArrearsFree;

    signal input creditCode;
    signal input paidInFull;
    signal input headCounts[2];
    signal input unpaidMonths;
    signal input epochMonth;

    signal input paidInFullWords[4];

    // The employer named, if one is.
    signal isUndisclosed <== IsZeroValue()(employer);
    (1 - isUndisclosed) * (employer - creditCode) === 0;

    // Every month of the window paid in full.
    AssertAtLeast(12)(epochMonth, to);
    AssertAtLeast(12)(to, from);
    signal paidInFullHash <== Poseidon(4)(paidInFullWords);
    paidInFullHash === paidInFull;
    component years = YearWords();
    years.words <== paidInFullWords;
    component start = LedgerMonth();
    start.month <== from;
    component end = LedgerMonth();
    end.month <== to + 1;
    signal monthsInFull <== MonthsInWindow()(
        yearWord <== years.yearWord,
        yearMonths <== years.yearMonths,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    monthsInFull === to + 1 - from;

    // Enough people in every month of the window, if people are asked.
    signal isAnyCount <== IsZeroValue()(minPeople);
    AssertAtLeast(13)(from + 23 + 4096 * isAnyCount, epochMonth);
    signal countBits[2][192];
    signal isAfterStart[24];
    signal isBeforeEnd[24];
    signal isInside[24];
    signal neededPeople[24];
    for (var w = 0; w < 2; w++) {
        countBits[w] <== Num2Bits(192)(headCounts[w]);
        for (var k = 0; k < 12; k++) {
            var j = 12 * w + k;
            var people = 0;
            for (var b = 0; b < 16; b++) {
                people += countBits[w][16 * k + b] * (1 << b);
            }
            isAfterStart[j] <== IsAtLeast(12)(epochMonth - j, from);
            isBeforeEnd[j] <== IsAtLeast(12)(to, epochMonth - j);
            isInside[j] <== isAfterStart[j] * isBeforeEnd[j];
            neededPeople[j] <== isInside[j] * minPeople;
            AssertAtLeast(16)(people, neededPeople[j]);
        }
    }

    // Nothing owed, if that is asked.
    isArrearsFree * unpaidMonths === 0;
}
