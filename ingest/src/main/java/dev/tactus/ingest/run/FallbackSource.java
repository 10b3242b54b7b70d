package dev.tactus.ingest.run;

/// What may replace data that a source did not give, such as sales reports; called after a run's rows are published and
/// before it is judged.
///
/// It moves items between AWAITING_REPORT and FELL_BACK and changes nothing else, so that a run goes on adding up.
@FunctionalInterface
public interface FallbackSource {
    void settle(String runId);

    /// None.
    static FallbackSource none() {
        return runId -> {};
    }
}
