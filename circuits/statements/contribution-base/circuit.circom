pragma circom 2.2.0;

include "bitify.circom";
include "compare/assert-at-least.circom";
include "one-hot.circom";
include "poseidon.circom";
include "unpack-month-word.circom";

// contribution-base@1: in each of the last `months` months of the ledger, up to the month it was
// committed for, one insurance was paid, and the average base of those months lies in
// [minBaseFen, maxBaseFen].
//
// The ledger is a chain, head = Poseidon(previousHead, monthWord). The last `months` of 12 slots take
// up the chain from a head the prover names and must arrive at the account's; slots before are idle.
//
// Params, constrained to their widths by UnpackContributionBaseParams:
// @input months      1 to 12; constrained here
// @input insurance   0 pension … 4 maternity; constrained here to 0..4
// @input minBaseFen  average a month, 32 bits
// @input maxBaseFen  average a month, 32 bits
//
// Of the account, constrained by AccountOpening:
// @input ledgerHead  head of the chain of months
// @input epochMonth  month the ledger was committed for
//
// Private:
// @input previousHead  head before the last `months` months; constrained here by ledgerHead
// @input monthWords    Fr[12], the last months in order, idle slots 0; constrained here by ledgerHead
template ContributionBaseRule() {
    signal input months;
    signal input insurance;
    signal input minBaseFen;
    signal input maxBaseFen;

    signal input ledgerHead;
    signal input epochMonth;

    signal input previousHead;
    signal input monthWords[12];

    signal isMonths[12] <== OneHot(12)(months - 1);
    signal isInsurance[5] <== OneHot(5)(insurance);

    component words[12];
    signal hashes[12];
    signal heads[13];
    signal paidBits[12][5];
    signal isPaidAsked[12][5];
    signal basesFen[12];
    heads[0] <== previousHead;
    var isActive = 0;
    var totalFen = 0;
    for (var i = 0; i < 12; i++) {
        // Slot i takes part if months ≥ 12 − i.
        isActive += isMonths[11 - i];
        words[i] = UnpackMonthWord();
        words[i].word <== monthWords[i];
        hashes[i] <== Poseidon(2)([heads[i], monthWords[i]]);
        heads[i + 1] <== heads[i] + isActive * (hashes[i] - heads[i]);

        // Consecutive months, the last one the epoch's, each paid.
        isActive * (words[i].month - epochMonth + 11 - i) === 0;
        paidBits[i] <== Num2Bits(5)(words[i].paidMask);
        var isPaid = 0;
        for (var j = 0; j < 5; j++) {
            isPaidAsked[i][j] <== isInsurance[j] * paidBits[i][j];
            isPaid += isPaidAsked[i][j];
        }
        isActive * (1 - isPaid) === 0;

        basesFen[i] <== isActive * words[i].baseFen;
        totalFen += basesFen[i];
    }
    heads[12] === ledgerHead;

    // months · minimum ≤ total ≤ months · maximum; 12 · 2^32 < 2^36.
    signal leastFen <== months * minBaseFen;
    signal mostFen <== months * maxBaseFen;
    AssertAtLeast(36)(totalFen, leastFen);
    AssertAtLeast(36)(mostFen, totalFen);
}
