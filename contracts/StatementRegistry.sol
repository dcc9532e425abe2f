// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

import {IEpochRegistry} from "./interfaces/IEpochRegistry.sol";
import {IGroth16Verifier} from "./interfaces/IGroth16Verifier.sol";
import {IStatementRegistry} from "./interfaces/IStatementRegistry.sol";
import {CanbaoDomain} from "./lib/CanbaoDomain.sol";

/// @title Statements, bound once to verifiers; governed by quorum, with a delay.
/// @dev A base of StatementVerifier and no contract of its own: a lookup in another account would
/// cost every check 2,600 gas. For the same reason a pause is kept with each statement.
/// A verifier vouches for its own `vkeyHash`; that its code is Groth16Verifier is for whoever
/// deploys or signs, and whoever audits, to see.
abstract contract StatementRegistry is IStatementRegistry, CanbaoDomain {
    bytes32 private constant REGISTRATION_TYPEHASH =
        keccak256(
            "StatementRegistration(address statementRegistry,bytes32 previousChange,bytes32 statement,address verifier,bytes32 vkeyHash)"
        );
    bytes32 private constant ORDER_TYPEHASH =
        keccak256(
            "StatementOrder(address statementRegistry,bytes32 previousChange,uint8 action,bytes32[] statements)"
        );

    /// @inheritdoc IStatementRegistry
    IEpochRegistry public immutable registry;
    /// @inheritdoc IStatementRegistry
    uint32 public immutable changeDelay;
    /// @inheritdoc IStatementRegistry
    bytes32 public lastStatementChange;

    mapping(bytes32 statement => StatementRecord) private _records;
    mapping(bytes32 statement => PendingChange) private _pending;

    /// @param registry_ Whose authorities govern, under whose domain.
    /// @param changeDelay_ Seconds.
    /// @param statements Active from the beginning.
    constructor(
        IEpochRegistry registry_,
        uint32 changeDelay_,
        StatementEntry[] memory statements
    ) CanbaoDomain(address(registry_)) {
        if (address(registry_).code.length == 0) revert NotAContract(address(registry_));
        registry = registry_;
        changeDelay = changeDelay_;
        for (uint256 i = 0; i < statements.length; ++i) _register(statements[i]);
    }

    /// @inheritdoc IStatementRegistry
    function lodgeRegistration(
        Registration calldata registration,
        bytes[] calldata signatures
    ) external {
        StatementEntry calldata entry = registration.entry;
        _requireRegistrable(entry);
        _follow(registration.previousChange, hashRegistration(registration), signatures);
        uint64 readyAt = _lodge(entry);
        emit RegistrationLodged(entry.statement, entry.verifier, entry.vkeyHash, readyAt);
    }

    /// @inheritdoc IStatementRegistry
    function submitOrder(StatementOrder calldata order, bytes[] calldata signatures) external {
        if (order.statements.length == 0) revert EmptyOrder();
        _follow(order.previousChange, hashOrder(order), signatures);
        for (uint256 i = 0; i < order.statements.length; ++i) {
            bytes32 statement = order.statements[i];
            if (order.action == Action.Pause) _pause(statement);
            else if (order.action == Action.Resume) _lodgeResumption(statement);
            else if (order.action == Action.Disable) _disable(statement);
            else _cancel(statement);
        }
    }

    /// @inheritdoc IStatementRegistry
    function execute(bytes32 statement) external {
        PendingChange memory pending = _pending[statement];
        if (pending.readyAt == 0) revert NothingPending(statement);
        if (block.timestamp < pending.readyAt) revert NotReady(statement, pending.readyAt);
        delete _pending[statement];
        if (address(pending.entry.verifier) != address(0)) {
            _register(pending.entry);
        } else {
            _records[statement].status = Status.Active;
            emit StatementResumed(statement);
        }
    }

    /// @inheritdoc IStatementRegistry
    function verifierOf(bytes32 statement) external view returns (IGroth16Verifier) {
        StatementRecord storage record = _records[statement];
        return record.status == Status.Disabled ? IGroth16Verifier(address(0)) : record.verifier;
    }

    /// @inheritdoc IStatementRegistry
    function recordOf(bytes32 statement) external view returns (StatementRecord memory) {
        return _records[statement];
    }

    /// @inheritdoc IStatementRegistry
    function pendingOf(bytes32 statement) external view returns (PendingChange memory) {
        return _pending[statement];
    }

    /// @inheritdoc IStatementRegistry
    function hashRegistration(Registration calldata registration) public view returns (bytes32) {
        StatementEntry calldata entry = registration.entry;
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        REGISTRATION_TYPEHASH,
                        address(this),
                        registration.previousChange,
                        entry.statement,
                        entry.verifier,
                        entry.vkeyHash
                    )
                )
            );
    }

    /// @inheritdoc IStatementRegistry
    function hashOrder(StatementOrder calldata order) public view returns (bytes32) {
        return
            _typedDataHash(
                keccak256(
                    abi.encode(
                        ORDER_TYPEHASH,
                        address(this),
                        order.previousChange,
                        order.action,
                        keccak256(abi.encodePacked(order.statements))
                    )
                )
            );
    }

    /// A statement's verifier and where it stands, of one slot.
    function _standingOf(bytes32 statement) internal view returns (IGroth16Verifier, Status) {
        StatementRecord storage record = _records[statement];
        return (record.verifier, record.status);
    }

    /// The change is the one after the last and a quorum of the authorities of now signed it.
    function _follow(
        bytes32 previousChange,
        bytes32 change,
        bytes[] calldata signatures
    ) private {
        if (previousChange != lastStatementChange) {
            revert WrongPreviousStatementChange(lastStatementChange, previousChange);
        }
        address[] memory signers = registry.requireQuorum(change, signatures);
        lastStatementChange = change;
        emit StatementsChanged(change, previousChange, signers);
    }

    /// Binds a statement to a verifier, for good.
    function _register(StatementEntry memory entry) private {
        _requireRegistrable(entry);
        _records[entry.statement] = StatementRecord(entry.verifier, Status.Active, entry.vkeyHash);
        emit StatementRegistered(entry.statement, entry.verifier, entry.vkeyHash);
    }

    function _requireRegistrable(StatementEntry memory entry) private view {
        if (_records[entry.statement].status != Status.Unknown) {
            revert StatementAlreadyRegistered(entry.statement);
        }
        if (address(entry.verifier).code.length == 0) revert NotAContract(address(entry.verifier));
        bytes32 actual = entry.verifier.vkeyHash();
        if (actual != entry.vkeyHash) {
            revert WrongVerificationKey(entry.statement, entry.vkeyHash, actual);
        }
    }

    function _lodge(StatementEntry memory entry) private returns (uint64 readyAt) {
        if (_pending[entry.statement].readyAt != 0) revert ChangePending(entry.statement);
        readyAt = uint64(block.timestamp + changeDelay);
        _pending[entry.statement] = PendingChange(entry, readyAt);
    }

    function _lodgeResumption(bytes32 statement) private {
        _requireStatus(statement, Status.Paused);
        uint64 readyAt = _lodge(StatementEntry(statement, IGroth16Verifier(address(0)), 0));
        emit ResumptionLodged(statement, readyAt);
    }

    function _pause(bytes32 statement) private {
        _requireStatus(statement, Status.Active);
        _records[statement].status = Status.Paused;
        emit StatementPaused(statement);
    }

    function _disable(bytes32 statement) private {
        Status status = _records[statement].status;
        if (status != Status.Active && status != Status.Paused) {
            revert WrongStatus(statement, status);
        }
        if (_pending[statement].readyAt != 0) _cancel(statement);
        _records[statement].status = Status.Disabled;
        emit StatementDisabled(statement);
    }

    function _cancel(bytes32 statement) private {
        if (_pending[statement].readyAt == 0) revert NothingPending(statement);
        delete _pending[statement];
        emit ChangeCancelled(statement);
    }

    function _requireStatus(bytes32 statement, Status expected) private view {
        Status status = _records[statement].status;
        if (status != expected) revert WrongStatus(statement, status);
    }
}
