pragma circom 2.2.0;

include "compare/assert-at-least.circom";
include "compare/minimum.circom";
include "holder/account-opening.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "pension/minimum-months.circom";
include "pension/retirement-months.circom";
include "poseidon.circom";
include "unpack-pension-eligibility-params.circom";

// pension-eligibility@1: in the month `asOf` the holder has reached the statutory retirement month,
// or the flexible early one if `isEarlyAllowed`, and has enough months of pension insurance.
//
// Months are those paid up to `asOf` and the deemed ones. The minimum is that of the year of the
// statutory month, or of `asOf` where it is earlier (flexible early retirement). This version names
// the rules of 2025-01-01, see RetirementMonths and MinimumMonths.
//
// @input epochRoot         public; constrained by AccountOpening
// @input scope             public
// @input requestHash       public; signed by the holder
// @input params            public; packed, constrained by UnpackPensionEligibilityParams
// @input holderAx, holderAy, nullifierKey, signatureS, signatureR8x, signatureR8y   see AccountOpening
// @input profile, benefits, coverage, regionRunsRoot, employerRunsRoot, ledgerHead  see AccountOpening
// @input accountIndex, siblings, employersRoot, epochMonth                          see AccountOpening
// @input paid              Fr[4], months paid of pension insurance; constrained by coverage[0]
// @input late              Fr[4], months of them settled late; constrained by coverage[0]
// @output nullifier        public; one a person and scope
template PensionEligibility() {
    signal input epochRoot;
    signal input scope;
    signal input requestHash;
    signal input params;

    signal input holderAx;
    signal input holderAy;
    signal input nullifierKey;
    signal input signatureS;
    signal input signatureR8x;
    signal input signatureR8y;
    signal input profile;
    signal input benefits;
    signal input coverage[5];
    signal input regionRunsRoot;
    signal input employerRunsRoot;
    signal input ledgerHead;
    signal input accountIndex;
    signal input siblings[16][3];
    signal input employersRoot;
    signal input epochMonth;

    signal input paid[4];
    signal input late[4];

    signal output nullifier;

    component asked = UnpackPensionEligibilityParams();
    asked.word <== params;

    // The holder's account, this request, this nullifier.
    component opening = AccountOpening();
    opening.epochRoot <== epochRoot;
    opening.scope <== scope;
    opening.requestHash <== requestHash;
    opening.identityBefore <== asked.identityBefore;
    opening.holderAx <== holderAx;
    opening.holderAy <== holderAy;
    opening.nullifierKey <== nullifierKey;
    opening.signatureS <== signatureS;
    opening.signatureR8x <== signatureR8x;
    opening.signatureR8y <== signatureR8y;
    opening.profile <== profile;
    opening.benefits <== benefits;
    opening.coverage <== coverage;
    opening.regionRunsRoot <== regionRunsRoot;
    opening.employerRunsRoot <== employerRunsRoot;
    opening.ledgerHead <== ledgerHead;
    opening.accountIndex <== accountIndex;
    opening.siblings <== siblings;
    opening.employersRoot <== employersRoot;
    opening.epochMonth <== epochMonth;
    nullifier <== opening.nullifier;

    // Old enough, as of a month the ledger reaches. A birth month of 0 is "unknown".
    AssertAtLeast(12)(epochMonth, asked.asOf);
    AssertAtLeast(12)(opening.birthMonth, 1);
    component retirement = RetirementMonths();
    retirement.birthMonth <== opening.birthMonth;
    retirement.retirementCategory <== opening.retirementCategory;
    retirement.scheme <== opening.scheme;
    signal monthsEarly <== asked.isEarlyAllowed * (retirement.statutoryMonth - retirement.earliestMonth);
    AssertAtLeast(13)(asked.asOf, retirement.statutoryMonth - monthsEarly);

    // Months paid up to asOf, and deemed.
    signal coverageHash <== Poseidon(8)([
        paid[0], paid[1], paid[2], paid[3], late[0], late[1], late[2], late[3]
    ]);
    coverageHash === coverage[0];
    component start = LedgerMonth();
    start.month <== LEDGER_START();
    component end = LedgerMonth();
    end.month <== asked.asOf + 1;
    signal paidMonths <== MonthsInWindow()(
        words <== paid,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );

    // Enough for the year that decides.
    signal decidingMonth <== Minimum(13)(asked.asOf, retirement.statutoryMonth);
    signal minimumMonths <== MinimumMonths()(month <== decidingMonth, isResident <== opening.scheme);
    AssertAtLeast(11)(paidMonths + opening.deemedMonths, minimumMonths);
}
