package dev.tactus.ingest;

import dev.tactus.lake.DeadLetterRow;
import dev.tactus.lake.DriftRow;
import dev.tactus.lake.FetchedItem;
import dev.tactus.ledger.DeadLetter;
import dev.tactus.ledger.Drift;
import dev.tactus.ledger.ItemState;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.NewDeadLetter;
import dev.tactus.ledger.Run;
import dev.tactus.ledger.UnpublishedItem;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What the ledger knows, in the words of the lake. Everything is read as a stream.
final class LedgerAccount {
    private final Ledger ledger;

    LedgerAccount(Ledger ledger) {
        this.ledger = ledger;
    }

    /// The items whose rows replace what their day held: all that landed, and those that landed in part. An item that
    /// brought nothing, because it was not found or is against the contract, leaves what an earlier run has landed.
    Iterable<FetchedItem> items(String runId) {
        return () -> stream(ledger.items().unpublished(runId))
                .filter(item -> item.state() == ItemState.LANDED || item.rows() > 0)
                .map(LedgerAccount::fetched)
                .iterator();
    }

    /// Every drift of every source.
    Iterable<DriftRow> drifts() {
        return () -> each(
                ledger.runs().list().stream().map(Run::source).distinct().toList(),
                source -> stream(ledger.drifts().all(source)).map(LedgerAccount::row));
    }

    /// Every dead letter of every run.
    Iterable<DeadLetterRow> deadLetters() {
        return () -> each(
                ledger.runs().list().stream().map(Run::id).toList(),
                run -> stream(ledger.deadLetters().ofRun(run)).map(LedgerAccount::row));
    }

    private static FetchedItem fetched(UnpublishedItem item) {
        return new FetchedItem(item.dataset(), item.isrc(), item.day(), item.rows());
    }

    private static DriftRow row(Drift drift) {
        return new DriftRow(
                drift.id(),
                drift.source(),
                drift.difference().isrc().value(),
                drift.difference().field(),
                drift.difference().expected(),
                drift.difference().found(),
                drift.difference().severity().label(),
                lower(drift.state()),
                drift.detectedAt());
    }

    private static DeadLetterRow row(DeadLetter dead) {
        NewDeadLetter letter = dead.letter();
        return new DeadLetterRow(
                dead.id(),
                letter.runId(),
                letter.source(),
                letter.endpoint(),
                letter.isrc() == null ? null : letter.isrc().value(),
                letter.reason(),
                letter.pointer(),
                letter.payloadSha256(),
                lower(dead.state()));
    }

    private static String lower(Enum<?> state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static <K, T> Iterator<T> each(List<K> keys, Function<K, Stream<T>> values) {
        return keys.stream().flatMap(values).iterator();
    }

    private static <T> Stream<T> stream(Iterable<T> values) {
        return StreamSupport.stream(Objects.requireNonNull(values).spliterator(), false);
    }
}
