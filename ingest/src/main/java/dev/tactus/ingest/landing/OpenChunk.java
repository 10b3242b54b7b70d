package dev.tactus.ingest.landing;

import dev.tactus.ingest.context.FailpointListener.Failpoint;
import dev.tactus.ingest.context.RunContext;
import dev.tactus.ingest.run.RunFailure;
import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.PayloadRow;
import dev.tactus.ledger.items.AwaitedItem;
import dev.tactus.ledger.items.ItemOutcome;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.source.response.RecordedExchange;
import dev.tactus.source.response.TrackOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The chunk that is being filled: rows in the writer of the lake, and what the ledger has to note with them.
///
/// Sealing forces the rows to disk first and notes everything in one transaction then, so that after a crash either
/// both are there or neither counts. Used by one thread.
final class OpenChunk implements AutoCloseable {
    private static final Duration PUBLICATION_LOOK = Duration.ofMillis(300);

    private final RunContext run;
    private final ChunkBounds bounds;
    private final ChunkWriter writer;
    private final RowAppender rows;
    private final DriftCheck drift;
    private final List<ItemOutcome> outcomes = new ArrayList<>();
    private final List<AwaitedItem> awaited = new ArrayList<>();
    private final List<RejectedPayload> rejected = new ArrayList<>();
    private final Map<Isrc, List<Track>> tracks = new HashMap<>();
    private final TerritoryGaps notes = new TerritoryGaps();
    private long rejectedBytes;
    private Optional<Instant> begunAt = Optional.empty();

    OpenChunk(RunContext run, ChunkBounds bounds) {
        this.run = run;
        this.bounds = bounds;
        this.writer = run.lake().staging().writer(run.runId());
        this.rows = new RowAppender(writer, run.sourceName(), run.runId());
        this.drift = new DriftCheck(run);
    }

    void add(FetchedBatch batch) {
        if (begunAt.isEmpty()) {
            begunAt = Optional.of(run.clock().instant());
        }
        batch.payloads().forEach(this::payload);
        batch.settled().forEach(this::settle);
        for (RejectedPayload payload : batch.rejected()) {
            rejected.add(payload);
            rejectedBytes += payload.exchange().body().length;
        }
        run.failpoints().reached(Failpoint.ROWS_APPENDED);
    }

    /// Whether it is full or old enough to be sealed.
    boolean due() {
        return writer.rows() >= bounds.rows()
                || writer.bytes() >= bounds.bytes()
                || rejectedBytes >= bounds.bytes() / 4
                || outcomes.size() >= bounds.items()
                || begunAt.filter(begun ->
                                Duration.between(begun, run.clock().instant()).compareTo(bounds.age()) >= 0)
                        .isPresent();
    }

    void seal() throws InterruptedException {
        if (begunAt.isEmpty()) {
            return;
        }
        List<ChunkFile> files = writer.seal().stream().map(RowAppender::noted).toList();
        run.failpoints().reached(Failpoint.CHUNK_SEALED);
        DriftCheck.Finding finding = drift.examine(tracks, rejected);
        while (!noted(files, finding)) {
            Thread.sleep(PUBLICATION_LOOK.toMillis());
        }
        run.failpoints().reached(Failpoint.CHUNK_NOTED);
        outcomes.clear();
        awaited.clear();
        rejected.clear();
        rejectedBytes = 0;
        tracks.clear();
        notes.clear();
        begunAt = Optional.empty();
    }

    /// Notes it, unless somebody is publishing the run at this moment: what a publication holds must not change.
    private boolean noted(List<ChunkFile> files, DriftCheck.Finding finding) {
        return run.ledger().transaction(() -> {
            if (run.resources().share().isPresent() && isBeingPublished()) {
                return false;
            }
            run.ledger().chunks().note(run.runId(), files);
            run.ledger().items().record(run.runId(), outcomes);
            run.ledger().awaited().note(run.runId(), awaited);
            for (RejectedPayload payload : rejected) {
                run.ledger()
                        .deadLetters()
                        .add(
                                payload.letter(run.runId(), run.sourceName()),
                                payload.exchange().body());
            }
            drift.note(finding, tracks);
            notes.write(run.ledger().runNotes(), run.runId());
            return true;
        });
    }

    private boolean isBeingPublished() {
        RunState now = run.ledger().runs().find(run.runId()).orElseThrow().state();
        return switch (now) {
            case PUBLISHING -> true;
            case RUNNING, FAILED -> false;
            case FINISHED, INCOMPLETE, ABANDONED ->
                throw new RunFailure("run " + run.runId() + " was ended by somebody else; what this process has fetched"
                        + " for it and not recorded is dropped");
        };
    }

    @Override
    public void close() {
        writer.close();
    }

    private void payload(RecordedExchange exchange) {
        writer.payload(new PayloadRow(
                exchange.sha256(),
                exchange.request(),
                exchange.fetchedAt(),
                run.sourceName(),
                exchange.endpoint(),
                exchange.httpStatus(),
                exchange.body()));
    }

    private void settle(SettledItem item) {
        outcomes.add(item.outcome(rows.append(item)));
        item.awaited().ifPresent(awaited::add);
        notes.add(item);
        if (item.dataset() == Dataset.TRACKS) {
            List<Track> found = item.tracks().stream()
                    .map(FetchedTrack::outcome)
                    .filter(TrackOutcome.TrackFound.class::isInstance)
                    .map(reading -> ((TrackOutcome.TrackFound) reading).track())
                    .toList();
            if (!found.isEmpty()) {
                tracks.put(item.isrc(), found);
            }
        }
    }
}
