package dev.tactus.ingest.fetch;

/// How many answers in a row gave nothing, on one endpoint, whoever asked: as long as some are good, a batch that fails
/// is worth halving, because one of its tracks may be the reason; where none is, the endpoint is. Thread-safe.
final class AnswerStreak {
    /// More than a batch of 50 takes to be halved down to its first track, for several workers at once.
    private static final int LONGEST = 48;

    private int useless;

    synchronized void good() {
        useless = 0;
    }

    synchronized void useless() {
        useless = Math.min(useless + 1, LONGEST);
    }

    synchronized boolean worthHalving() {
        return useless < LONGEST;
    }
}
