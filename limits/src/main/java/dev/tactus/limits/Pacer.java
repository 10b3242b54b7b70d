package dev.tactus.limits;

import java.time.InstantSource;
import java.util.List;

/// Lets calls go to a limited server no faster than its limits allow, known or learned.
///
/// Callers of one path class are served in the order they came; path classes do not block one another. Thread-safe.
public final class Pacer implements AutoCloseable {

    /// Paces on the machine's time.
    public Pacer(PacerSettings settings, Ticker ticker, InstantSource clock) {
        this(settings, ticker, clock, Alarm.system(ticker));
    }

    /// Paces on the time that `alarm` rings by; the pacer closes it.
    public Pacer(PacerSettings settings, Ticker ticker, InstantSource clock, Alarm alarm) {}

    /// Waits until a call to `path` may be sent.
    ///
    /// @param path the path of the call; a query is ignored
    /// @throws InterruptedException if interrupted while waiting; nothing is held then
    public Admission acquire(String path) throws InterruptedException {
        return new Admission.Granted(new Permit(outcome -> {}));
    }

    /// How each scope stands.
    public List<ScopeReport> report() {
        return List.of();
    }

    /// What is to be kept for a restart; to be saved every few seconds.
    public List<ScopeState> save() {
        return List.of();
    }

    /// Takes up what an earlier process saved; before the first call.
    public void restore(List<ScopeState> states) {}

    @Override
    public void close() {}
}
