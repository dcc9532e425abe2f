// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title CAIP-10 account ids as Canbao writes them: `eip155:<chain id>:0x<40 lowercase digits>`.
/// @dev OpenZeppelin's CAIP10 writes checksum case and needs Cancun's MCOPY.
library Caip10 {
    bytes32 private constant HEX_DIGITS = "0123456789abcdef";

    /// @notice The id of an account on this chain.
    /// @param account Any address.
    /// @return The id.
    function local(address account) internal view returns (bytes memory) {
        return bytes.concat("eip155:", _decimal(block.chainid), ":0x", _hex(account));
    }

    function _decimal(uint256 value) private pure returns (bytes memory digits) {
        uint256 length = 1;
        for (uint256 rest = value / 10; rest != 0; rest /= 10) ++length;
        digits = new bytes(length);
        while (length != 0) {
            digits[--length] = bytes1(uint8(48 + (value % 10)));
            value /= 10;
        }
    }

    function _hex(address account) private pure returns (bytes memory digits) {
        digits = new bytes(40);
        assembly ("memory-safe") {
            let first := add(digits, 0x20)
            let value := account
            for { let at := add(first, 40) } gt(at, first) { value := shr(4, value) } {
                at := sub(at, 1)
                mstore8(at, byte(and(value, 0xf), HEX_DIGITS))
            }
        }
    }
}
