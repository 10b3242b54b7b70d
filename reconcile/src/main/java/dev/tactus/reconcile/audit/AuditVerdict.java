package dev.tactus.reconcile.audit;

import java.util.List;

/// What an audit came to.
public sealed interface AuditVerdict {
    /// Everything is what it was said to be.
    ///
    /// @param proven what was looked at, one line each
    /// @param unfinished runs that are not over, one line each; no difference, but not the whole either
    /// @param lookedAt all that was looked at, in a sentence
    record AddsUp(List<String> proven, List<String> unfinished, String lookedAt) implements AuditVerdict {
        /// Without copies that could change.
        public AddsUp {
            proven = List.copyOf(proven);
            unfinished = List.copyOf(unfinished);
        }
    }

    /// The first place where something is not.
    ///
    /// @param proven what was looked at before and is right
    /// @param where such as a file, a record, a run
    /// @param what it should be and what it is
    record Differs(List<String> proven, String where, String what) implements AuditVerdict {
        /// Without copies that could change.
        public Differs {
            proven = List.copyOf(proven);
        }
    }
}
