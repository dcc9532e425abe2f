pragma circom 2.2.0;

include "bitify.circom";
include "tree/tree-node.circom";

// The root that a leaf leads to in a 4-ary Poseidon tree.
//
// @input leaf      the leaf; not constrained here
// @input index     position of the leaf, base-4 digits, lowest at the leaf; constrained here to [0, 4^DEPTH)
// @input siblings  the three other children at each level, in child order
// @output root     the root; equality with a committed one is up to the caller
template TreeRoot(
    DEPTH // levels above the leaf
) {
    signal input leaf;
    signal input index;
    signal input siblings[DEPTH][3];
    signal output root;

    signal indexBits[2 * DEPTH] <== Num2Bits(2 * DEPTH)(index);

    signal nodes[DEPTH + 1];
    nodes[0] <== leaf;
    for (var level = 0; level < DEPTH; level++) {
        nodes[level + 1] <== TreeNode()(
            node <== nodes[level],
            lowBit <== indexBits[2 * level],
            highBit <== indexBits[2 * level + 1],
            siblings <== siblings[level]
        );
    }
    root <== nodes[DEPTH];
}
