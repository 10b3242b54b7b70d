package dev.tactus.ledger;

import dev.tactus.music.Severity;
import java.util.List;

/// The outbox of alerts: what is in it is sent sooner or later, also after a crash.
public final class Alerts {
    Alerts() {}

    /// Puts a message into the outbox, once per run, receiver, kind and severity; a second one is dropped.
    public void enqueue(String runId, String receiver, String kind, Severity severity, String body) {
        throw new UnsupportedOperationException();
    }

    /// Not yet sent and tried fewer than so many times, the oldest first.
    public List<Alert> pending(int maxAttempts) {
        throw new UnsupportedOperationException();
    }

    public void sent(long number) {
        throw new UnsupportedOperationException();
    }

    public void failed(long number, String why) {
        throw new UnsupportedOperationException();
    }
}
