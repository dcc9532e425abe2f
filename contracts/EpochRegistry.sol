// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {IEpochRegistry} from "./interfaces/IEpochRegistry.sol";
import {CanbaoDomain} from "./lib/CanbaoDomain.sol";

/// @title Epoch roots, published month by month under a quorum of the authorities.
/// @notice No owner, no upgrade: whoever trusts it trusts the quorum alone, and those it names to follow it.
/// @dev Times. A root is *current* until a later month is published or its own month is corrected;
/// that moment is `supersededAt`, and freshness counts from it. A correction of the latest month is
/// current. A correction of an older month takes over the `supersededAt` of the root it corrects,
/// which is when the next month came out: correcting the past must not make it fresh again.
/// `correctedAt` is apart from that: it says the authorities withdrew what the root said.
contract EpochRegistry is IEpochRegistry, CanbaoDomain {
    bytes32 private constant COMMITMENT_TYPEHASH =
        keccak256(
            "EpochCommitment(uint32 month,uint32 revision,uint256 epochRoot,uint256 previousRoot,uint64 accounts)"
        );
    bytes32 private constant AUTHORITY_CHANGE_TYPEHASH =
        keccak256(
            "AuthorityChange(bytes32 previousChange,address[] added,address[] removed,uint256 quorum)"
        );
    /// Order r of the scalar field of BN254.
    uint256 private constant R = 21888242871839275222246405745257275088548364400416034343698204186575808495617;
    /// Circuits hold a month in 12 bits.
    uint32 private constant MONTH_LIMIT = 4096;

    /// @inheritdoc IEpochRegistry
    uint256 public quorum;
    /// @inheritdoc IEpochRegistry
    bytes32 public lastChange;
    /// @inheritdoc IEpochRegistry
    mapping(address account => bool) public isAuthority;
    /// @inheritdoc IEpochRegistry
    mapping(uint32 month => uint256 epochRoot) public rootOf;

    address[] private _authorities;
    /// Every root in the order of publication.
    uint256[] private _roots;
    mapping(uint256 epochRoot => Epoch) private _epochs;
    /// Root of the latest month at its last revision.
    uint256 private _currentRoot;

    /// @param authorityList Distinct, non-zero addresses.
    /// @param quorum_ How many of them must sign, at least 1.
    constructor(address[] memory authorityList, uint256 quorum_) CanbaoDomain(address(this)) {
        for (uint256 i = 0; i < authorityList.length; ++i) _addAuthority(authorityList[i]);
        _setQuorum(quorum_);
    }

    /// @inheritdoc IEpochRegistry
    function publish(EpochCommitment calldata commitment, bytes[] calldata signatures) external {
        _requireInOrder(commitment);
        address[] memory signers = requireQuorum(hashCommitment(commitment), signatures);
        uint40 supersededAt = commitment.revision == 0
            ? _supersedeByNextMonth(commitment.epochRoot)
            : _correct(commitment.month, commitment.epochRoot);

        _epochs[commitment.epochRoot] = Epoch({
            month: commitment.month,
            revision: commitment.revision,
            publishedAt: uint40(block.timestamp),
            supersededAt: supersededAt,
            correctedAt: 0,
            accounts: commitment.accounts
        });
        rootOf[commitment.month] = commitment.epochRoot;
        _roots.push(commitment.epochRoot);
        if (supersededAt == 0) _currentRoot = commitment.epochRoot;

        emit EpochPublished(
            commitment.epochRoot,
            commitment.month,
            commitment.revision,
            commitment.previousRoot,
            commitment.accounts,
            supersededAt,
            signers
        );
    }

    /// @inheritdoc IEpochRegistry
    function changeAuthorities(AuthorityChange calldata change, bytes[] calldata signatures) external {
        if (change.previousChange != lastChange) {
            revert WrongPreviousChange(lastChange, change.previousChange);
        }
        bytes32 digest = hashAuthorityChange(change);
        address[] memory signers = requireQuorum(digest, signatures);
        // Before anything moves: who is added is none yet, so nobody is both removed and added.
        for (uint256 i = 0; i < change.added.length; ++i) {
            if (isAuthority[change.added[i]]) revert InvalidAuthority(change.added[i]);
        }
        for (uint256 i = 0; i < change.removed.length; ++i) _removeAuthority(change.removed[i]);
        for (uint256 i = 0; i < change.added.length; ++i) _addAuthority(change.added[i]);
        _setQuorum(change.quorum);
        lastChange = digest;
        emit AuthoritiesChanged(
            digest,
            change.previousChange,
            change.added,
            change.removed,
            change.quorum,
            signers
        );
    }

    /// @inheritdoc IEpochRegistry
    function epochOf(uint256 epochRoot) external view returns (Epoch memory) {
        return _epochs[epochRoot];
    }

    /// @inheritdoc IEpochRegistry
    function timesOf(
        uint256 epochRoot
    ) external view returns (uint40 publishedAt, uint40 supersededAt, uint40 correctedAt) {
        Epoch storage epoch = _epochs[epochRoot];
        return (epoch.publishedAt, epoch.supersededAt, epoch.correctedAt);
    }

    /// @inheritdoc IEpochRegistry
    function latest() external view returns (uint256 epochRoot, Epoch memory epoch) {
        epochRoot = _currentRoot;
        epoch = _epochs[epochRoot];
    }

    /// @inheritdoc IEpochRegistry
    function epochCount() external view returns (uint256) {
        return _roots.length;
    }

    /// @inheritdoc IEpochRegistry
    function epochAt(uint256 index) external view returns (uint256 epochRoot, Epoch memory epoch) {
        epochRoot = _roots[index];
        epoch = _epochs[epochRoot];
    }

    /// @inheritdoc IEpochRegistry
    function authorities() external view returns (address[] memory) {
        return _authorities;
    }

    /// @inheritdoc IEpochRegistry
    function hashCommitment(EpochCommitment calldata commitment) public view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        COMMITMENT_TYPEHASH,
                        commitment.month,
                        commitment.revision,
                        commitment.epochRoot,
                        commitment.previousRoot,
                        commitment.accounts
                    )
                )
            );
    }

    /// @inheritdoc IEpochRegistry
    function hashAuthorityChange(AuthorityChange calldata change) public view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        AUTHORITY_CHANGE_TYPEHASH,
                        change.previousChange,
                        // EIP-712 encodes an array as the hash of its elements, each in 32 bytes.
                        keccak256(abi.encodePacked(change.added)),
                        keccak256(abi.encodePacked(change.removed)),
                        change.quorum
                    )
                )
            );
    }

    /// @inheritdoc IEpochRegistry
    function requireQuorum(
        bytes32 digest,
        bytes[] calldata signatures
    ) public view returns (address[] memory signers) {
        uint256 needed = quorum;
        if (signatures.length < needed) revert QuorumNotReached(needed, signatures.length);
        signers = new address[](signatures.length);
        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; ++i) {
            (address signer, ECDSA.RecoverError fault, ) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            if (fault != ECDSA.RecoverError.NoError) revert InvalidSignature(i);
            if (!isAuthority[signer]) revert NotAuthority(signer);
            if (signer <= previous) revert SignersNotAscending(previous, signer);
            signers[i] = signer;
            previous = signer;
        }
    }

    function _addAuthority(address authority) private {
        if (authority == address(0) || isAuthority[authority]) revert InvalidAuthority(authority);
        isAuthority[authority] = true;
        _authorities.push(authority);
    }

    /// The last one takes its place in the list.
    function _removeAuthority(address authority) private {
        if (!isAuthority[authority]) revert NotAuthority(authority);
        isAuthority[authority] = false;
        uint256 last = _authorities.length - 1;
        for (uint256 i = 0; i < last; ++i) {
            if (_authorities[i] == authority) {
                _authorities[i] = _authorities[last];
                break;
            }
        }
        _authorities.pop();
    }

    /// From 1 to the number of authorities there are now.
    function _setQuorum(uint256 quorum_) private {
        if (quorum_ == 0 || quorum_ > _authorities.length) {
            revert InvalidQuorum(quorum_, _authorities.length);
        }
        quorum = quorum_;
    }

    /// The commitment continues the history: new root, right predecessor, right month and revision.
    function _requireInOrder(EpochCommitment calldata commitment) private view {
        uint256 epochRoot = commitment.epochRoot;
        if (epochRoot == 0 || epochRoot >= R) revert InvalidRoot(epochRoot);
        if (_epochs[epochRoot].publishedAt != 0) revert RootAlreadyPublished(epochRoot);

        uint256 count = _roots.length;
        uint256 lastRoot = count == 0 ? 0 : _roots[count - 1];
        if (commitment.previousRoot != lastRoot) {
            revert WrongPreviousRoot(lastRoot, commitment.previousRoot);
        }

        uint256 monthRoot = rootOf[commitment.month];
        uint32 expectedRevision = monthRoot == 0 ? 0 : _epochs[monthRoot].revision + 1;
        if (commitment.revision != expectedRevision) {
            revert WrongRevision(expectedRevision, commitment.revision);
        }

        uint32 latestMonth = _epochs[_currentRoot].month;
        bool isLater = count == 0 || commitment.month > latestMonth;
        if (commitment.month >= MONTH_LIMIT || (monthRoot == 0 && !isLater)) {
            revert MonthOutOfOrder(latestMonth, commitment.month);
        }
    }

    /// A later month ends the time of the current root. The new root is current: returns 0.
    function _supersedeByNextMonth(uint256 byRoot) private returns (uint40) {
        uint256 current = _currentRoot;
        if (current != 0) {
            _epochs[current].supersededAt = uint40(block.timestamp);
            emit EpochSuperseded(current, byRoot);
        }
        return 0;
    }

    /// Replaces the root of a month. Returns the `supersededAt` of the one that takes its place.
    function _correct(uint32 month, uint256 byRoot) private returns (uint40 supersededAt) {
        uint256 corrected = rootOf[month];
        Epoch storage epoch = _epochs[corrected];
        supersededAt = epoch.supersededAt;
        epoch.correctedAt = uint40(block.timestamp);
        if (supersededAt == 0) {
            epoch.supersededAt = uint40(block.timestamp);
            emit EpochSuperseded(corrected, byRoot);
        }
        emit EpochCorrected(corrected, byRoot);
    }
}
