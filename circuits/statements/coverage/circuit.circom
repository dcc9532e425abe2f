pragma circom 2.2.0;

include "compare/assert-at-least.circom";
include "compare/maximum.circom";
include "compare/minimum.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "months/year-words.circom";
include "one-hot.circom";
include "poseidon.circom";
include "run-bounds.circom";

// coverage@1: at least `minMonths` months of one insurance were paid in [from, to], of which at most
// `maxLateMonths` after they were due; if asked, all of them in one city, and by one employer.
//
// Months count where the window, the run in the city and the run with the employer overlap. A run
// holds every paid month between its ends, so counting inside it counts only that city's or
// employer's months. The window must not reach beyond the month the ledger was committed for.
//
// Params, constrained to their widths by UnpackCoverageParams:
// @input insurance      0 pension, 1 medical, 2 unemployment, 3 work injury, 4 maternity; constrained here to 0..4
// @input minMonths      months, 10 bits
// @input from           first month of the window, months since 1900-01, 12 bits
// @input to             last month of the window, 12 bits
// @input maxLateMonths  months, 10 bits
// @input region         GB/T 2260 code of a city, 0 = anywhere; 20 bits
// @input employer       packed credit code, 0 = anyone; 90 bits
//
// Of the account, constrained by AccountOpening:
// @input coverage          Fr[5], hashes of the months by insurance
// @input regionRunsRoot    root of the runs by city
// @input employerRunsRoot  root of the runs by employer
// @input epochMonth        month the ledger was committed for
//
// Private:
// @input paid               Fr[4], months paid of the insurance asked; constrained here by coverage
// @input late               Fr[4], months of them settled late; constrained here by coverage
// @input regionRunMask      insurances of the run in the city; see RunBounds
// @input regionRunFrom      its first month
// @input regionRunTo        its last month
// @input regionRunIndex     its position
// @input regionRunSiblings  Fr[3][3]
// @input employerRunMask      insurances of the run with the employer; see RunBounds
// @input employerRunFrom      its first month
// @input employerRunTo        its last month
// @input employerRunIndex     its position
// @input employerRunSiblings  Fr[3][3]
template CoverageRule() {
    signal input insurance;
    signal input minMonths;
    signal input from;
    signal input to;
    signal input maxLateMonths;
    signal input region;
    signal input employer;

    signal input coverage[5];
    signal input regionRunsRoot;
    signal input employerRunsRoot;
    signal input epochMonth;

    signal input paid[4];
    signal input late[4];
    signal input regionRunMask;
    signal input regionRunFrom;
    signal input regionRunTo;
    signal input regionRunIndex;
    signal input regionRunSiblings[3][3];
    signal input employerRunMask;
    signal input employerRunFrom;
    signal input employerRunTo;
    signal input employerRunIndex;
    signal input employerRunSiblings[3][3];

    // The months paid of the insurance asked.
    signal isInsurance[5] <== OneHot(5)(insurance);
    signal selected[5];
    var selectedCoverage = 0;
    for (var i = 0; i < 5; i++) {
        selected[i] <== isInsurance[i] * coverage[i];
        selectedCoverage += selected[i];
    }
    signal coverageHash <== Poseidon(8)([
        paid[0], paid[1], paid[2], paid[3], late[0], late[1], late[2], late[3]
    ]);
    coverageHash === selectedCoverage;

    // The window, cut to the city's and the employer's run where one is asked.
    component regionRun = RunBounds(20);
    regionRun.place <== region;
    regionRun.isInsurance <== isInsurance;
    regionRun.root <== regionRunsRoot;
    regionRun.insuranceMask <== regionRunMask;
    regionRun.runFrom <== regionRunFrom;
    regionRun.runTo <== regionRunTo;
    regionRun.index <== regionRunIndex;
    regionRun.siblings <== regionRunSiblings;

    component employerRun = RunBounds(90);
    employerRun.place <== employer;
    employerRun.isInsurance <== isInsurance;
    employerRun.root <== employerRunsRoot;
    employerRun.insuranceMask <== employerRunMask;
    employerRun.runFrom <== employerRunFrom;
    employerRun.runTo <== employerRunTo;
    employerRun.index <== employerRunIndex;
    employerRun.siblings <== employerRunSiblings;

    AssertAtLeast(12)(epochMonth, to);
    signal runsFrom <== Maximum(12)(regionRun.from, employerRun.from);
    signal runsTo <== Minimum(12)(regionRun.to, employerRun.to);
    signal windowFrom <== Maximum(12)(from, runsFrom);
    signal windowTo <== Minimum(12)(to, runsTo);

    // Enough months paid, not too many of them late.
    component start = LedgerMonth();
    start.month <== windowFrom;
    component end = LedgerMonth();
    end.month <== windowTo + 1;

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
    component lateYears = YearWords();
    lateYears.words <== late;
    signal lateMonths <== MonthsInWindow()(
        yearWord <== lateYears.yearWord,
        yearMonths <== lateYears.yearMonths,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    AssertAtLeast(10)(paidMonths, minMonths);
    AssertAtLeast(10)(maxLateMonths, lateMonths);
}
