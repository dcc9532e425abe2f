pragma circom 2.2.0;

// Turns an index into N flags, of which only that of the index is set.
//
// out[i] · (index − i) = 0 leaves only out[index] free, and the sum fixes it to 1; so the
// flags are determined, and an index outside [0, N) has no solution.
//
// @input index   constrained here to [0, N)
// @output out    out[i] = 1 if i = index, else 0
template OneHot(
    N // number of flags
) {
    signal input index;
    signal output out[N];

    var sum = 0;
    for (var i = 0; i < N; i++) {
        out[i] <-- index == i ? 1 : 0;
        out[i] * (index - i) === 0;
        sum += out[i];
    }
    sum === 1;
}
