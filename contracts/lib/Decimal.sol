// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Numbers in decimal digits.
/// @dev OpenZeppelin's Strings needs Cancun's MCOPY.
library Decimal {
    /// @notice The digits of a number, without zeros before them.
    /// @param value Any number.
    /// @return text "0" for 0.
    function digits(uint256 value) internal pure returns (bytes memory text) {
        uint256 length = 1;
        for (uint256 rest = value / 10; rest != 0; rest /= 10) ++length;
        text = new bytes(length);
        while (length != 0) {
            text[--length] = bytes1(uint8(48 + (value % 10)));
            value /= 10;
        }
    }
}
