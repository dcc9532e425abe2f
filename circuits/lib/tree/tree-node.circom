pragma circom 2.2.0;

include "poseidon.circom";

// Poseidon of four children: a node put among its three siblings at a position of two bits.
//
// @input node      the child to place
// @input lowBit    of the position; boolean, constrained by the caller
// @input highBit   of the position; boolean, constrained by the caller
// @input siblings  the other children, in order
// @output parent   Poseidon(child0, child1, child2, child3)
template TreeNode() {
    signal input node;
    signal input lowBit;
    signal input highBit;
    signal input siblings[3];
    signal output parent;

    signal isThird <== lowBit * highBit;
    var isSecond = highBit - isThird;
    var isFirst = lowBit - isThird;
    var isZeroth = 1 - isFirst - isSecond - isThird;

    signal child0 <== siblings[0] + isZeroth * (node - siblings[0]);
    signal child3 <== siblings[2] + isThird * (node - siblings[2]);
    // siblings[0] moves up to place 1 where the node stands at place 0.
    signal moved <== isZeroth * (siblings[0] - siblings[1]);
    signal child1 <== siblings[1] + moved + isFirst * (node - siblings[1]);
    // The four together are the node and its siblings, whatever the order.
    signal child2 <== node + siblings[0] + siblings[1] + siblings[2] - child0 - child1 - child3;

    parent <== Poseidon(4)([child0, child1, child2, child3]);
}
