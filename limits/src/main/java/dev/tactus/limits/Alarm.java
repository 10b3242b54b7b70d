package dev.tactus.limits;

/// Wakes one waiting queue at a moment of its [Ticker]; the only thing in this room that lets time pass.
///
/// An alarm holds at most one moment: setting it again replaces the earlier one. It may ring early or twice, never not
/// at all. Implementations are thread-safe and run the task on a thread of their own or of whoever moves the clock.
public interface Alarm extends AutoCloseable {

    /// Runs `task` once `ticker.nanos()` has reached `atNanos`, instead of what was set before.
    void set(long atNanos, Runnable task);

    /// Forgets what was set.
    void clear();

    @Override
    void close();

    /// An alarm on the machine's time, with one daemon thread.
    static Alarm system(Ticker ticker) {
        return new PacerAlarms(ticker).only();
    }
}
