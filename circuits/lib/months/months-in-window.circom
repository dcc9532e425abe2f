pragma circom 2.2.0;

include "months/ledger-month.circom";
include "months/months-before-in-year.circom";

// Counts the months of a month set in [start, end), for two points that LedgerMonth split.
//
// Whole years: a year counts if it lies before the end's year and not before the start's. Then
// the end's part of a year is added and the start's taken away. If end < start the result is
// minus the months in [end, start): whoever uses it range-checks it.
//
// @input yearWord      12 bits a year; constrained by YearWords
// @input yearMonths    months set in each year; constrained by YearWords
// @input startIsYear   flags of the start; constrained by LedgerMonth
// @input startIsMonth  flags of the start; constrained by LedgerMonth
// @input endIsYear     flags of the end; constrained by LedgerMonth
// @input endIsMonth    flags of the end; constrained by LedgerMonth
// @output months       count, 0 to 768 if start ≤ end
template MonthsInWindow() {
    signal input yearWord[LEDGER_YEARS()];
    signal input yearMonths[LEDGER_YEARS()];
    signal input startIsYear[LEDGER_YEARS() + 1];
    signal input startIsMonth[12];
    signal input endIsYear[LEDGER_YEARS() + 1];
    signal input endIsMonth[12];
    signal output months;

    signal wholeYears[LEDGER_YEARS()];
    var sum = 0;
    var startIsAfter = 1;
    var endIsAfter = 1;
    for (var y = 0; y < LEDGER_YEARS(); y++) {
        // 1 while the point's year is greater than y.
        startIsAfter -= startIsYear[y];
        endIsAfter -= endIsYear[y];
        wholeYears[y] <== (endIsAfter - startIsAfter) * yearMonths[y];
        sum += wholeYears[y];
    }

    signal endPart <== MonthsBeforeInYear()(yearWord, endIsYear, endIsMonth);
    signal startPart <== MonthsBeforeInYear()(yearWord, startIsYear, startIsMonth);
    months <== sum + endPart - startPart;
}
