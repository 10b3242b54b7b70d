package dev.tactus.ingest.run;

/// What may stand in for a source that gave nothing, such as sales reports; asked after a run's rows are published and
/// before it is judged.
///
/// It moves items between AWAITING_REPORT and FELL_BACK and changes nothing else, so that a run goes on adding up.
@FunctionalInterface
public interface FallbackSource {
    void settle(String runId);

    /// Nothing does.
    static FallbackSource none() {
        return runId -> {};
    }
}
