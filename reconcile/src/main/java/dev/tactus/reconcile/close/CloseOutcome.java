package dev.tactus.reconcile.close;

import dev.tactus.ledger.royalty.ClosePreparation;
import dev.tactus.ledger.royalty.PeriodRecord;
import dev.tactus.reconcile.coverage.Completeness;
import dev.tactus.reconcile.coverage.Coverage;
import dev.tactus.reconcile.join.Reconciliation;

/// What became of asking to close a period.
public sealed interface CloseOutcome {

    /// It is closed now.
    ///
    /// @param completeness what somebody accepted, or nothing
    record Done(PeriodRecord record, Reconciliation reconciliation, Coverage coverage, Completeness completeness)
            implements CloseOutcome {}

    /// It was closed before; nothing has changed.
    record AlreadyClosed(PeriodRecord record) implements CloseOutcome {}

    /// It is ready, and waits for a second person; nothing was closed.
    ///
    /// @param completeness what the first person accepted, or nothing
    record Prepared(
            ClosePreparation preparation, Reconciliation reconciliation, Coverage coverage, Completeness completeness)
            implements CloseOutcome {}

    /// It can't be approved, and why; nothing was closed.
    record NotApproved(String why) implements CloseOutcome {}

    /// It is incomplete beyond the tolerance, and nobody has accepted that; nothing was closed.
    record Refused(Reconciliation reconciliation, Coverage coverage, Completeness completeness)
            implements CloseOutcome {}
}
