package dev.tactus.ledger;

import java.util.List;
import java.util.Optional;

/// What sources sent that couldn't be used. Payloads are kept compressed, each once.
public final class DeadLetters {
    DeadLetters() {}

    /// Sets something aside; the same fault of the same run stays one letter, open again.
    ///
    /// @param body the payload as received, perhaps cut short
    public DeadLetter add(NewDeadLetter letter, byte[] body) {
        throw new UnsupportedOperationException();
    }

    /// By id, or by the beginning of an id that fits only one.
    public Optional<DeadLetter> find(String id) {
        throw new UnsupportedOperationException();
    }

    /// The payload of a letter.
    public Optional<byte[]> body(String id) {
        throw new UnsupportedOperationException();
    }

    /// Those in a state, the newest first.
    public List<DeadLetter> list(DeadLetterState state, int limit) {
        throw new UnsupportedOperationException();
    }

    public long count(DeadLetterState state) {
        throw new UnsupportedOperationException();
    }

    /// Those of a run, read page by page, by id; can be iterated more than once.
    public Iterable<DeadLetter> ofRun(String runId) {
        throw new UnsupportedOperationException();
    }

    public void state(String id, DeadLetterState state) {
        throw new UnsupportedOperationException();
    }
}
