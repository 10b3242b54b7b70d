package dev.tactus.ingest.run;

/// Which run a request is about.
public sealed interface Continuation {
    /// The unfinished run of the same days and datasets, or a new one where there is none. What an earlier run has the
    /// answer to is not asked again.
    record SameDays() implements Continuation {}

    /// This one, which is unfinished.
    record OfRun(String runId) implements Continuation {}

    /// A new one, which asks everything; an unfinished one of the same days and datasets is given up.
    record Anew() implements Continuation {}
}
