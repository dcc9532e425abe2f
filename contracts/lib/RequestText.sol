// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Audience and purpose of a request, laid out once for every hash that is taken of them.
library RequestText {
    bytes32 private constant PREFIX = "canbao/scope/v1:";
    uint256 private constant PREFIX_BYTES = 16;
    uint256 private constant COLONS = 0x3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a3a;
    uint256 private constant ONES = 0x0101010101010101010101010101010101010101010101010101010101010101;
    uint256 private constant TOPS = 0x8080808080808080808080808080808080808080808080808080808080808080;

    /// @notice Scope and hashes of a request's texts.
    /// @param audience Who asks.
    /// @param purpose What for.
    /// @return scope `keccak256("canbao/scope/v1:" + audience + ":" + purpose) >> 3`.
    /// @return audienceHash `keccak256(audience)`.
    /// @return purposeHash `keccak256(purpose)`.
    function hashes(
        string calldata audience,
        string calldata purpose
    ) internal pure returns (uint256 scope, bytes32 audienceHash, bytes32 purposeHash) {
        assembly ("memory-safe") {
            // Beyond the free memory pointer, which is not moved: nothing is kept.
            let start := mload(0x40)
            let audienceAt := add(start, PREFIX_BYTES)
            let colonAt := add(audienceAt, audience.length)
            let purposeAt := add(colonAt, 1)
            mstore(start, PREFIX)
            calldatacopy(audienceAt, audience.offset, audience.length)
            mstore8(colonAt, 0x3a)
            calldatacopy(purposeAt, purpose.offset, purpose.length)
            audienceHash := keccak256(audienceAt, audience.length)
            purposeHash := keccak256(purposeAt, purpose.length)
            scope := shr(3, keccak256(start, sub(add(purposeAt, purpose.length), start)))
        }
    }

    /// @notice Whether a text holds a ':', 32 bytes at a time.
    /// @dev A byte b of a word w is ':' where w ^ COLONS has a zero byte, and a word x has a zero
    /// byte exactly if (x − ONES) & ~x & TOPS is not 0.
    /// @param text Any text.
    /// @return found Whether it does.
    function hasColon(string calldata text) internal pure returns (bool found) {
        assembly ("memory-safe") {
            let end := add(text.offset, text.length)
            for { let at := text.offset } lt(at, end) { at := add(at, 0x20) } {
                let word := calldataload(at)
                let rest := sub(end, at)
                // What follows the text is not of it: shifted out, zeros in its place.
                if lt(rest, 0x20) { word := shr(shl(3, sub(0x20, rest)), word) }
                word := xor(word, COLONS)
                if and(and(sub(word, ONES), not(word)), TOPS) {
                    found := 1
                    break
                }
            }
        }
    }

    /// @notice The same, of a text in memory, which is not asked often.
    /// @param text Any text.
    /// @return Whether it holds a ':'.
    function hasColonInMemory(string memory text) internal pure returns (bool) {
        bytes memory letters = bytes(text);
        for (uint256 i = 0; i < letters.length; ++i) if (letters[i] == ":") return true;
        return false;
    }
}
