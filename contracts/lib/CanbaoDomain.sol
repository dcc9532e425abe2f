// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title The EIP-712 domain of Canbao: name "Canbao", version "1", this chain, the epoch registry.
/// @dev Computed once, and again when the chain id is not the one of deployment: after a fork of
/// the chain a signature counts on one side only.
abstract contract CanbaoDomain {
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    address private immutable VERIFYING_CONTRACT;
    uint256 private immutable CHAIN_ID;
    bytes32 private immutable SEPARATOR;

    /// @param verifyingContract The epoch registry.
    constructor(address verifyingContract) {
        VERIFYING_CONTRACT = verifyingContract;
        CHAIN_ID = block.chainid;
        SEPARATOR = _separatorOf(verifyingContract);
    }

    /// @notice The EIP-712 domain separator on the chain this runs on.
    /// @return `hashStruct(EIP712Domain)`.
    function domainSeparator() public view returns (bytes32) {
        return block.chainid == CHAIN_ID ? SEPARATOR : _separatorOf(VERIFYING_CONTRACT);
    }

    /// The digest to sign for a hashed struct.
    function _typedDataHash(bytes32 structHash) internal view returns (bytes32) {
        return _typedDataHash(domainSeparator(), structHash);
    }

    /// The same, for who hashes many under one separator.
    function _typedDataHash(
        bytes32 separator,
        bytes32 structHash
    ) internal pure returns (bytes32 digest) {
        assembly ("memory-safe") {
            let start := mload(0x40)
            mstore(start, hex"1901")
            mstore(add(start, 0x02), separator)
            mstore(add(start, 0x22), structHash)
            digest := keccak256(start, 0x42)
        }
    }

    function _separatorOf(address verifyingContract) private view returns (bytes32) {
        return
            keccak256(
                abi.encode(
                    DOMAIN_TYPEHASH,
                    keccak256("Canbao"),
                    keccak256("1"),
                    block.chainid,
                    verifyingContract
                )
            );
    }
}
