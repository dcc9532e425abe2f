pragma circom 2.2.0;

include "compare/assert-at-least.circom";
include "compare/maximum.circom";
include "compare/minimum.circom";
include "holder/account-opening.circom";
include "months/ledger-month.circom";
include "months/months-in-window.circom";
include "one-hot.circom";
include "poseidon.circom";
include "run-bounds.circom";
include "unpack-coverage-params.circom";

// coverage@1: at least `minMonths` months of one insurance were paid in [from, to], of which at most
// `maxLateMonths` after they were due; if asked, all of them in one city, and by one employer.
//
// Months count where the window, the run in the city and the run with the employer overlap. A run
// holds every paid month between its ends, so counting inside it counts only that city's or
// employer's months. The window must not reach beyond the month the ledger was committed for.
//
// @input epochRoot         public; constrained by AccountOpening
// @input scope             public
// @input requestHash       public; signed by the holder
// @input params            public; packed thresholds, constrained by UnpackCoverageParams
// @input holderAx, holderAy, nullifierKey, signatureS, signatureR8x, signatureR8y   see AccountOpening
// @input profile, benefits, coverage, regionRunsRoot, employerRunsRoot, ledgerHead  see AccountOpening
// @input accountIndex, siblings, employersRoot, epochMonth                          see AccountOpening
// @input paid              Fr[4], months paid of the insurance asked; constrained by coverage
// @input late              Fr[4], months of them settled late; constrained by coverage
// @input regionRunMask, regionRunFrom, regionRunTo, regionRunIndex, regionRunSiblings          see RunBounds
// @input employerRunMask, employerRunFrom, employerRunTo, employerRunIndex, employerRunSiblings  see RunBounds
// @output nullifier        public; one a person and scope
template Coverage() {
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

    signal output nullifier;

    component asked = UnpackCoverageParams();
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

    // The months paid of the insurance asked.
    signal isInsurance[5] <== OneHot(5)(asked.insurance);
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
    component region = RunBounds(20);
    region.place <== asked.region;
    region.isInsurance <== isInsurance;
    region.root <== regionRunsRoot;
    region.insuranceMask <== regionRunMask;
    region.runFrom <== regionRunFrom;
    region.runTo <== regionRunTo;
    region.index <== regionRunIndex;
    region.siblings <== regionRunSiblings;

    component employer = RunBounds(90);
    employer.place <== asked.employer;
    employer.isInsurance <== isInsurance;
    employer.root <== employerRunsRoot;
    employer.insuranceMask <== employerRunMask;
    employer.runFrom <== employerRunFrom;
    employer.runTo <== employerRunTo;
    employer.index <== employerRunIndex;
    employer.siblings <== employerRunSiblings;

    AssertAtLeast(12)(epochMonth, asked.to);
    signal runsFrom <== Maximum(12)(region.from, employer.from);
    signal runsTo <== Minimum(12)(region.to, employer.to);
    signal windowFrom <== Maximum(12)(asked.from, runsFrom);
    signal windowTo <== Minimum(12)(asked.to, runsTo);

    // Enough months paid, not too many of them late.
    component start = LedgerMonth();
    start.month <== windowFrom;
    component end = LedgerMonth();
    end.month <== windowTo + 1;

    signal paidMonths <== MonthsInWindow()(
        words <== paid,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    signal lateMonths <== MonthsInWindow()(
        words <== late,
        startIsYear <== start.isYear,
        startIsMonth <== start.isMonth,
        endIsYear <== end.isYear,
        endIsMonth <== end.isMonth
    );
    AssertAtLeast(10)(paidMonths, asked.minMonths);
    AssertAtLeast(10)(asked.maxLateMonths, lateMonths);
}
