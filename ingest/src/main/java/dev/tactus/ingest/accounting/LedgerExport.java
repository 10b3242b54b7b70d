package dev.tactus.ingest.accounting;

import dev.tactus.lake.publication.DeadLetterRow;
import dev.tactus.lake.publication.DriftRow;
import dev.tactus.lake.staging.FetchedItem;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.items.ItemState;
import dev.tactus.ledger.items.UnpublishedItem;
import dev.tactus.ledger.quality.DeadLetter;
import dev.tactus.ledger.quality.Drift;
import dev.tactus.ledger.quality.NewDeadLetter;
import dev.tactus.ledger.runs.Run;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What the ledger knows, as rows of the lake. Everything is read as a stream.
final class LedgerExport {
    private final Ledger ledger;

    LedgerExport(Ledger ledger) {
        this.ledger = ledger;
    }

    /// The items whose rows replace what their day held: all that landed, and those that landed in part. An item that
    /// brought nothing, because it was not found or is against the contract, leaves what an earlier run has landed.
    Iterable<FetchedItem> items(String runId) {
        return () -> stream(ledger.items().unpublished(runId))
                .filter(item -> item.state() == ItemState.LANDED || item.rows() > 0)
                .map(LedgerExport::fetched)
                .iterator();
    }

    /// Every drift of every source.
    Iterable<DriftRow> drifts() {
        return () -> each(
                ledger.runs().list().stream().map(Run::source).distinct().toList(),
                source -> stream(ledger.drifts().all(source)).map(LedgerExport::row));
    }

    /// Every dead letter of every run.
    Iterable<DeadLetterRow> deadLetters() {
        return () -> each(
                ledger.runs().list().stream().map(Run::id).toList(),
                run -> stream(ledger.deadLetters().ofRun(run)).map(LedgerExport::row));
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
