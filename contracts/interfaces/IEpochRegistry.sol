// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title Epoch roots, published month by month under a quorum of the authorities.
/// @notice Append-only: nothing published is ever changed or removed, only superseded or corrected.
/// A quorum of the authorities publishes, and a quorum of them says who the authorities are.
interface IEpochRegistry {
    /// @notice What the authorities sign (EIP-712, domain of the registry).
    /// @param month Months since 1900-01 (1900-01 is 0), below 2^12.
    /// @param revision 0 when the month is closed, then one more each time it is corrected.
    /// @param epochRoot `Poseidon(accountsRoot, employersRoot, month)`; that it is, the signers vouch for.
    /// @param previousRoot The root published last, of whatever month, and 0 for the first: chains the history.
    /// @param accounts How many accounts are under the root.
    struct EpochCommitment {
        uint32 month;
        uint32 revision;
        uint256 epochRoot;
        uint256 previousRoot;
        uint64 accounts;
    }

    /// @notice What the authorities sign to change who they are (EIP-712, domain of the registry).
    /// @param previousChange Digest of the change applied last, and 0 for the first: chains the changes,
    /// so that one applies once, and only to the authorities its signers saw.
    /// @param added Addresses that become authorities; none is one already.
    /// @param removed Authorities that cease to be; their signatures no longer count from then on.
    /// @param quorum How many must sign after the change: from 1 to the number of authorities it leaves.
    struct AuthorityChange {
        bytes32 previousChange;
        address[] added;
        address[] removed;
        uint256 quorum;
    }

    /// @notice What is known of a published root; times in unix seconds.
    /// @param supersededAt Since when a later month is known, or this month's correction if that came
    /// first; 0 while the root is current. A correction of a month that is not the latest is born
    /// superseded, as of the time the month it corrects was: it is `<= publishedAt` there.
    /// @param correctedAt When a later revision of the same month took its place; 0 if none did.
    struct Epoch {
        uint32 month;
        uint32 revision;
        uint40 publishedAt;
        uint40 supersededAt;
        uint40 correctedAt;
        uint64 accounts;
    }

    /// @notice A month was closed, or a closed month corrected.
    /// @param supersededAt 0, or the time as of which a late correction is superseded from the start.
    /// @param signers The authorities that signed, ascending.
    event EpochPublished(
        uint256 indexed epochRoot,
        uint32 indexed month,
        uint32 indexed revision,
        uint256 previousRoot,
        uint64 accounts,
        uint40 supersededAt,
        address[] signers
    );
    /// @notice `epochRoot` stopped being current when `byRoot` was published.
    event EpochSuperseded(uint256 indexed epochRoot, uint256 indexed byRoot);
    /// @notice `epochRoot` was replaced by the next revision of its month, `byRoot`.
    event EpochCorrected(uint256 indexed epochRoot, uint256 indexed byRoot);

    /// @notice The authorities changed.
    /// @param change Digest of the change: the next one names it.
    /// @param signers The authorities that signed, ascending; of those before the change.
    event AuthoritiesChanged(
        bytes32 indexed change,
        bytes32 indexed previousChange,
        address[] added,
        address[] removed,
        uint256 quorum,
        address[] signers
    );

    /// @notice The quorum is not from 1 to the number of authorities.
    error InvalidQuorum(uint256 quorum, uint256 authorities);
    /// @notice An authority is the zero address, named twice, or added while it is one.
    error InvalidAuthority(address authority);
    /// @notice `previousChange` is not the change applied last.
    error WrongPreviousChange(bytes32 expected, bytes32 given);
    /// @notice The root is zero or not below the order of the field.
    error InvalidRoot(uint256 epochRoot);
    /// @notice The root was published before.
    error RootAlreadyPublished(uint256 epochRoot);
    /// @notice `previousRoot` is not the root published last.
    error WrongPreviousRoot(uint256 expected, uint256 given);
    /// @notice The month is not below 2^12, or a first revision not of a month later than the latest.
    error MonthOutOfOrder(uint32 latestMonth, uint32 month);
    /// @notice The revision is not the month's last one plus one.
    error WrongRevision(uint32 expected, uint32 given);
    /// @notice Fewer signatures than the quorum.
    error QuorumNotReached(uint256 quorum, uint256 signatures);
    /// @notice A signature is malformed, has a high s, or recovers to nobody.
    error InvalidSignature(uint256 index);
    /// @notice Signatures are not in strictly ascending order of their signers, or one signed twice.
    error SignersNotAscending(address previous, address signer);
    /// @notice Not an authority. Of a signer: wrong key, wrong chain, wrong registry, something else was
    /// signed, or it was removed since.
    error NotAuthority(address signer);

    /// @notice Publishes an epoch. Anyone may submit it; the signatures decide. They are judged by who is
    /// an authority and what is a quorum now, whenever they were made: one by an authority that was removed
    /// since must be left out, and the others must still be a quorum.
    /// @param commitment What was signed.
    /// @param signatures At least a quorum, 65 bytes each (r, s, v), low s, ascending by signer; each must count.
    function publish(EpochCommitment calldata commitment, bytes[] calldata signatures) external;

    /// @notice Changes the authorities and the quorum. Anyone may submit it; the signatures decide.
    /// A change that changes nothing is allowed: it voids whatever else was signed to follow the same one.
    /// @param change What was signed.
    /// @param signatures At least a quorum of the present authorities, as `publish` takes them.
    function changeAuthorities(AuthorityChange calldata change, bytes[] calldata signatures) external;

    /// @notice Who signed a digest, if they are a quorum; other contracts are governed by it.
    /// @dev Reverts with `QuorumNotReached`, `InvalidSignature`, `NotAuthority` or `SignersNotAscending`.
    /// @param digest What was signed, under the domain of this registry.
    /// @param signatures Each by another authority of today, ascending by signer.
    /// @return signers In the order of the signatures.
    function requireQuorum(
        bytes32 digest,
        bytes[] calldata signatures
    ) external view returns (address[] memory signers);

    /// @notice What is known of a root.
    /// @param epochRoot Any value.
    /// @return The epoch; `publishedAt` is 0 if the root was never published.
    function epochOf(uint256 epochRoot) external view returns (Epoch memory);

    /// @notice The times of a root, for who asks nothing else; cheaper than `epochOf`.
    /// @param epochRoot Any value.
    /// @return publishedAt 0 if it was never published.
    /// @return supersededAt 0 while it is current.
    /// @return correctedAt 0 unless another root took the place of this one.
    function timesOf(
        uint256 epochRoot
    ) external view returns (uint40 publishedAt, uint40 supersededAt, uint40 correctedAt);

    /// @notice The root that is current: of the latest month, at its last revision.
    /// @return epochRoot 0 before the first publication.
    /// @return epoch What is known of it.
    function latest() external view returns (uint256 epochRoot, Epoch memory epoch);

    /// @notice The root of a month at its last revision.
    /// @param month Months since 1900-01.
    /// @return 0 if the month was never published.
    function rootOf(uint32 month) external view returns (uint256);

    /// @notice How many roots were published, revisions included.
    /// @return The count.
    function epochCount() external view returns (uint256);

    /// @notice The root published as the `index`-th, from 0.
    /// @param index Below `epochCount`; reverts beyond.
    /// @return epochRoot The root.
    /// @return epoch What is known of it.
    function epochAt(uint256 index) external view returns (uint256 epochRoot, Epoch memory epoch);

    /// @notice Whether an address is one of the present authorities.
    /// @param account Any address.
    /// @return Whether it is.
    function isAuthority(address account) external view returns (bool);

    /// @notice The present authorities.
    /// @return Their addresses, in no particular order.
    function authorities() external view returns (address[] memory);

    /// @notice How many authorities must sign.
    /// @return From 1 to the number of authorities.
    function quorum() external view returns (uint256);

    /// @notice The change of authorities applied last.
    /// @return Its digest; 0 while the authorities are those of the deployment.
    function lastChange() external view returns (bytes32);

    /// @notice The EIP-712 digest the authorities sign to publish.
    /// @param commitment Any commitment.
    /// @return The digest.
    function hashCommitment(EpochCommitment calldata commitment) external view returns (bytes32);

    /// @notice The EIP-712 digest the authorities sign to change who they are.
    /// @param change Any change.
    /// @return The digest.
    function hashAuthorityChange(AuthorityChange calldata change) external view returns (bytes32);
}
