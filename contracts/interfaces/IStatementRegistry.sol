// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IEpochRegistry} from "./IEpochRegistry.sol";
import {IGroth16Verifier} from "./IGroth16Verifier.sol";

/// @title Which statements can be checked, each bound once and for all to a verifier and its key.
/// @notice Governed by the quorum of authorities of the epoch registry, under its EIP-712 domain.
/// What takes trust away, pausing and disabling, happens at once. What gives it, registering and
/// resuming, is lodged, waits `changeDelay` seconds for all to see, and can be cancelled meanwhile.
interface IStatementRegistry {
    /// @notice A statement and the key it is verified with.
    /// @param statement `keccak256("coverage@1")`.
    /// @param vkeyHash The hash `verifier` must have been deployed with.
    struct StatementEntry {
        bytes32 statement;
        IGroth16Verifier verifier;
        bytes32 vkeyHash;
    }

    /// @notice Where a statement stands.
    enum Status {
        /// Never registered.
        Unknown,
        /// It can be checked.
        Active,
        /// Not for now.
        Paused,
        /// Never again.
        Disabled
    }

    /// @notice A statement's binding.
    struct StatementRecord {
        IGroth16Verifier verifier;
        Status status;
        bytes32 vkeyHash;
    }

    /// @notice What waits to happen to a statement.
    /// @param entry What will be registered; without a verifier, the statement will be resumed.
    /// @param readyAt Unix seconds from which on it may be executed; 0 where nothing waits.
    struct PendingChange {
        StatementEntry entry;
        uint64 readyAt;
    }

    /// @notice A statement to be registered, after the delay.
    /// @param previousChange `lastStatementChange`: none of them counts twice, nor in another order.
    struct Registration {
        bytes32 previousChange;
        StatementEntry entry;
    }

    /// @notice What an order does to each of its statements.
    enum Action {
        /// Active becomes paused, at once.
        Pause,
        /// Paused becomes active, after the delay.
        Resume,
        /// Active or paused becomes disabled, at once and for good.
        Disable,
        /// Whatever waits for the statement will not happen.
        Cancel
    }

    /// @notice An order about statements that are there.
    /// @param previousChange `lastStatementChange`.
    struct StatementOrder {
        bytes32 previousChange;
        Action action;
        bytes32[] statements;
    }

    /// @notice A statement can be checked from now on.
    event StatementRegistered(
        bytes32 indexed statement,
        IGroth16Verifier indexed verifier,
        bytes32 vkeyHash
    );
    /// @notice A registration waits.
    event RegistrationLodged(
        bytes32 indexed statement,
        IGroth16Verifier indexed verifier,
        bytes32 vkeyHash,
        uint64 readyAt
    );
    /// @notice A paused statement waits to be active again.
    event ResumptionLodged(bytes32 indexed statement, uint64 readyAt);
    /// @notice A statement is not checked for now.
    event StatementPaused(bytes32 indexed statement);
    /// @notice A statement is checked again.
    event StatementResumed(bytes32 indexed statement);
    /// @notice A statement is never checked again.
    event StatementDisabled(bytes32 indexed statement);
    /// @notice What waited will not happen.
    event ChangeCancelled(bytes32 indexed statement);
    /// @notice A quorum signed a registration or an order; the events beside it tell which.
    event StatementsChanged(
        bytes32 indexed change,
        bytes32 indexed previousChange,
        address[] signers
    );

    /// @notice There is no contract at the address.
    error NotAContract(address account);
    /// @notice The statement was registered before; bindings are for good.
    error StatementAlreadyRegistered(bytes32 statement);
    /// @notice The verifier was deployed with another key.
    error WrongVerificationKey(bytes32 statement, bytes32 expected, bytes32 actual);
    /// @notice The change does not follow the last one.
    error WrongPreviousStatementChange(bytes32 expected, bytes32 actual);
    /// @notice The order does not apply to a statement that stands so.
    error WrongStatus(bytes32 statement, Status status);
    /// @notice Something waits for the statement already.
    error ChangePending(bytes32 statement);
    /// @notice Nothing waits for the statement.
    error NothingPending(bytes32 statement);
    /// @notice It is too early.
    error NotReady(bytes32 statement, uint64 readyAt);
    /// @notice An order without statements.
    error EmptyOrder();

    /// @notice Takes note of a statement that a quorum wants registered. Anyone may submit it.
    /// @param registration What is registered after the delay.
    /// @param signatures Of a quorum of authorities over `hashRegistration`, ascending by signer.
    function lodgeRegistration(
        Registration calldata registration,
        bytes[] calldata signatures
    ) external;

    /// @notice Carries out what a quorum ordered. Anyone may submit it.
    /// @param order What is done, and to which statements; all of them or none.
    /// @param signatures Of a quorum of authorities over `hashOrder`, ascending by signer.
    function submitOrder(StatementOrder calldata order, bytes[] calldata signatures) external;

    /// @notice Makes happen what has waited long enough. Anyone may call.
    /// @param statement A statement for which something waits.
    function execute(bytes32 statement) external;

    /// @notice The verifier of a statement.
    /// @param statement A statement id.
    /// @return Zero if the statement is unknown or disabled.
    function verifierOf(bytes32 statement) external view returns (IGroth16Verifier);

    /// @notice A statement's binding, which outlives its being disabled, and where it stands.
    /// @param statement A statement id.
    /// @return The record.
    function recordOf(bytes32 statement) external view returns (StatementRecord memory);

    /// @notice What waits to happen to a statement.
    /// @param statement A statement id.
    /// @return The change.
    function pendingOf(bytes32 statement) external view returns (PendingChange memory);

    /// @notice Digest of the last registration or order that a quorum signed; the next one names it.
    /// @return Zero before the first.
    function lastStatementChange() external view returns (bytes32);

    /// @notice How long what is lodged waits.
    /// @return Seconds.
    function changeDelay() external view returns (uint32);

    /// @notice Where epoch roots are looked up, and who the authorities are.
    /// @return The registry, whose domain requests and changes are hashed under.
    function registry() external view returns (IEpochRegistry);

    /// @notice The EIP-712 digest the authorities sign; it names this contract.
    /// @param registration Any registration.
    /// @return The digest.
    function hashRegistration(Registration calldata registration) external view returns (bytes32);

    /// @notice The EIP-712 digest the authorities sign; it names this contract.
    /// @param order Any order.
    /// @return The digest.
    function hashOrder(StatementOrder calldata order) external view returns (bytes32);
}
