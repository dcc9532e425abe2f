// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {Decimal} from "./Decimal.sol";

/// @title CAIP-10 account ids as Canbao writes them: `eip155:<chain id>:0x<40 lowercase digits>`.
/// @dev OpenZeppelin's CAIP10 writes checksum case and needs Cancun's MCOPY.
library Caip10 {
    uint256 private constant NIBBLES = 0x0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f;

    /// @notice The id of an account on this chain.
    /// @param account Any address.
    /// @return The id.
    function local(address account) internal view returns (bytes memory) {
        uint256 value = uint160(account);
        return
            abi.encodePacked(
                "eip155:",
                Decimal.digits(block.chainid),
                ":0x",
                _hexDigits(uint128(value >> 32)),
                uint64(uint256(_hexDigits(uint32(value))))
            );
    }

    /// 32 lowercase digits, all at once: each nibble gets a byte, then each byte its letter.
    function _hexDigits(uint128 value) private pure returns (bytes32) {
        uint256 word = value;
        word = (word | (word << 64)) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff;
        word = (word | (word << 32)) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff;
        word = (word | (word << 16)) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff;
        word = (word | (word << 8)) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff;
        word = (word | (word << 4)) & NIBBLES;
        unchecked {
            // 1 in each byte that is 10 or more; 39 from '9' + 1 to 'a'. No byte overflows.
            uint256 letters = ((word + 6 * (NIBBLES / 15)) >> 4) & (NIBBLES / 15);
            return bytes32(word + 48 * (NIBBLES / 15) + 39 * letters);
        }
    }
}
