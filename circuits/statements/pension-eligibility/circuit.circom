pragma circom 2.2.0;

include "compare/assert-at-least.circom";
include "compare/minimum.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "months/year-words.circom";
include "pension/minimum-months.circom";
include "pension/retirement-months.circom";
include "poseidon.circom";

// pension-eligibility@1: in the month `asOf` the holder has reached the statutory retirement month,
// or the flexible early one if `isEarlyAllowed`, and has enough months of pension insurance.
//
// Months are those paid up to `asOf` and the deemed ones. The minimum is that of the year of the
// statutory month, or of `asOf` where it is earlier (flexible early retirement). This version names
// the rules of 2025-01-01, see RetirementMonths and MinimumMonths.
//
// Params, constrained to their widths by UnpackPensionEligibilityParams:
// @input asOf            months since 1900-01, 12 bits
// @input isEarlyAllowed  boolean
//
// Of the account, constrained by AccountOpening:
// @input coverage            Fr[5], hashes of the months by insurance
// @input epochMonth          month the ledger was committed for
// @input birthMonth          12 bits; constrained here not to be 0, which is "unknown"
// @input retirementCategory  2 bits; constrained by RetirementMonths to 0..2
// @input scheme              2 bits; constrained by RetirementMonths to 0..1
// @input deemedMonths        10 bits
//
// Private:
// @input paid  Fr[4], months paid of pension insurance; constrained here by coverage[0]
// @input late  Fr[4], months of them settled late; constrained here by coverage[0]
template PensionEligibilityRule() {
    signal input asOf;
    signal input isEarlyAllowed;

    signal input coverage[5];
    signal input epochMonth;
    signal input birthMonth;
    signal input retirementCategory;
    signal input scheme;
    signal input deemedMonths;

    signal input paid[4];
    signal input late[4];

    // Old enough, as of a month the ledger reaches.
    AssertAtLeast(12)(epochMonth, asOf);
    AssertAtLeast(12)(birthMonth, 1);
    component retirement = RetirementMonths();
    retirement.birthMonth <== birthMonth;
    retirement.retirementCategory <== retirementCategory;
    retirement.scheme <== scheme;
    signal monthsEarly <== isEarlyAllowed * (retirement.statutoryMonth - retirement.earliestMonth);
    AssertAtLeast(13)(asOf, retirement.statutoryMonth - monthsEarly);

    // Months paid up to asOf, and deemed.
    signal coverageHash <== Poseidon(8)([
        paid[0], paid[1], paid[2], paid[3], late[0], late[1], late[2], late[3]
    ]);
    coverageHash === coverage[0];
    component start = LedgerMonth();
    start.month <== LEDGER_START();
    component end = LedgerMonth();
    end.month <== asOf + 1;
    component paidYears = YearWords();
    paidYears.words <== paid;
    signal paidMonths <== MonthsInWindow()(
        yearWord <== paidYears.yearWord,
        yearMonths <== paidYears.yearMonths,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );

    // Enough for the year that decides.
    signal decidingMonth <== Minimum(13)(asOf, retirement.statutoryMonth);
    signal minimumMonths <== MinimumMonths()(month <== decidingMonth, isResident <== scheme);
    AssertAtLeast(11)(paidMonths + deemedMonths, minimumMonths);
}
