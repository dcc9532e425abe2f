pragma circom 2.2.0;

include "compare/assert-at-least.circom";
include "compare/is-at-least.circom";
include "compare/maximum.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "months/year-words.circom";
include "poseidon.circom";
include "unpack-benefits.circom";

// unemployment-eligibility@1: in the month `asOf` the holder may claim unemployment benefit for at
// least `minBenefitMonths` months: Social Insurance Law, arts. 45 and 46.
//
// Since the last claim at least 12 months of unemployment insurance were paid; the last employment
// ended against the holder's will, and no month was paid after it. 12 months of benefit from 12 paid
// months, 18 from 60, 24 from 120. What an earlier claim left over is not counted: the true claim may
// be longer, never shorter.
//
// Params, constrained to their widths by UnpackUnemploymentEligibilityParams:
// @input asOf              months since 1900-01, 12 bits
// @input minBenefitMonths  1 to 24, 5 bits
//
// Of the account, constrained by AccountOpening:
// @input coverage    Fr[5], hashes of the months by insurance
// @input benefits    packed; unpacked here
// @input epochMonth  month the ledger was committed for
//
// Private:
// @input paid  Fr[4], months paid of unemployment insurance; constrained here by coverage[2]
// @input late  Fr[4], months of them settled late; constrained here by coverage[2]
template UnemploymentEligibilityRule() {
    signal input asOf;
    signal input minBenefitMonths;

    signal input coverage[5];
    signal input benefits;
    signal input epochMonth;

    signal input paid[4];
    signal input late[4];

    component fields = UnpackBenefits();
    fields.word <== benefits;

    // The employment ended by asOf, against the holder's will (1: dismissed, or not renewed).
    AssertAtLeast(12)(epochMonth, asOf);
    AssertAtLeast(12)(asOf, fields.lastTermination);
    fields.lastTerminationReason === 1;

    signal coverageHash <== Poseidon(8)([
        paid[0], paid[1], paid[2], paid[3], late[0], late[1], late[2], late[3]
    ]);
    coverageHash === coverage[2];
    component paidYears = YearWords();
    paidYears.words <== paid;

    // Months paid since the last claim, and after the employment.
    signal sinceClaim <== Maximum(12)(fields.lastUnemploymentClaimEnd + 1, LEDGER_START());
    component claim = LedgerMonth();
    claim.month <== sinceClaim;
    component termination = LedgerMonth();
    termination.month <== fields.lastTermination + 1;
    component end = LedgerMonth();
    end.month <== asOf + 1;
    signal paidMonths <== MonthsInWindow()(
        yearWord <== paidYears.yearWord,
        yearMonths <== paidYears.yearMonths,
        startIsYear <== claim.isYear,
        startIsMonth <== claim.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    signal monthsSince <== MonthsInWindow()(
        yearWord <== paidYears.yearWord,
        yearMonths <== paidYears.yearMonths,
        startIsYear <== termination.isYear,
        startIsMonth <== termination.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    monthsSince === 0;

    // Enough for any benefit, and for the benefit asked.
    AssertAtLeast(10)(paidMonths, 12);
    signal isFiveYears <== IsAtLeast(10)(paidMonths, 60);
    signal isTenYears <== IsAtLeast(10)(paidMonths, 120);
    AssertAtLeast(5)(12 + 6 * (isFiveYears + isTenYears), minBenefitMonths);
}
