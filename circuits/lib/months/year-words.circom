pragma circom 2.2.0;

include "bitify.circom";
include "months/ledger-month.circom";

// Splits the four words of a month set into its years.
//
// @input words        Fr[4], 192 months a word, earliest in the lowest bit; constrained here to 192 bits
// @output yearWord    12 bits a year as a number, January in the lowest bit
// @output yearMonths  months set in the year, 0 to 12
template YearWords() {
    signal input words[4];
    signal output yearWord[LEDGER_YEARS()];
    signal output yearMonths[LEDGER_YEARS()];

    signal bits[4][192];
    for (var w = 0; w < 4; w++) {
        bits[w] <== Num2Bits(192)(words[w]);
        for (var y = 0; y < 16; y++) {
            var word = 0;
            var months = 0;
            for (var m = 0; m < 12; m++) {
                word += bits[w][12 * y + m] * (1 << m);
                months += bits[w][12 * y + m];
            }
            yearWord[16 * w + y] <== word;
            yearMonths[16 * w + y] <== months;
        }
    }
}
