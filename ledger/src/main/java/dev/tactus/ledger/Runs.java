package dev.tactus.ledger;

import dev.tactus.music.Dataset;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The runs and how far each has come.
public final class Runs {
    Runs() {}

    /// Starts a run, in state RUNNING.
    public Run start(
            String source,
            LocalDate from,
            LocalDate to,
            Set<Dataset> datasets,
            String catalogHash,
            String codeVersion) {
        throw new UnsupportedOperationException();
    }

    /// The newest run of exactly these days and datasets that is neither finished nor abandoned.
    public Optional<Run> unfinished(String source, LocalDate from, LocalDate to, Set<Dataset> datasets) {
        throw new UnsupportedOperationException();
    }

    public Optional<Run> find(String id) {
        throw new UnsupportedOperationException();
    }

    /// All runs, the newest first.
    public List<Run> list() {
        throw new UnsupportedOperationException();
    }

    /// Moves a run to a state.
    ///
    /// @param why in a sentence; may be empty
    public void state(String id, RunState state, String why) {
        throw new UnsupportedOperationException();
    }

    /// Adds to the counters.
    public void count(String id, RunCounters more) {
        throw new UnsupportedOperationException();
    }
}
