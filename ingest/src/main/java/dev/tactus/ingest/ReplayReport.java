package dev.tactus.ingest;

import java.util.List;

/// What came of replaying dead letters.
///
/// @param outcomes one for each letter tried
public record ReplayReport(List<Outcome> outcomes) {
    public ReplayReport {
        outcomes = List.copyOf(outcomes);
    }

    /// What became of a letter.
    public sealed interface Outcome {
        /// The letter's id.
        String id();
    }

    /// It is sound now.
    ///
    /// @param items work items that landed
    /// @param rows that landed with them
    public record Landed(String id, long items, long rows) implements Outcome {}

    /// It is still wrong.
    public record StillWrong(String id, String reason, String detail) implements Outcome {}

    public long landed() {
        return outcomes.stream().filter(Landed.class::isInstance).count();
    }
}
