package dev.tactus.ingest;

import dev.tactus.lake.ChunkWriter;
import dev.tactus.lake.Provenance;
import dev.tactus.lake.StagedFile;
import dev.tactus.ledger.ChunkFile;
import dev.tactus.source.Reading;

/// Turns readings into rows of a chunk.
record RowAppender(ChunkWriter writer, String source, String runId) {

    /// Appends the readings of an item; returns how many rows they made.
    long append(Settled item) {
        long rows = 0;
        for (Sourced sourced : item.readings()) {
            rows += append(item, sourced);
        }
        return rows;
    }

    /// A sealed file as the ledger notes it.
    static ChunkFile noted(StagedFile file) {
        return new ChunkFile(file.table().name(), file.path().toString(), file.rows(), file.bytes());
    }

    private long append(Settled item, Sourced sourced) {
        Evidence evidence = sourced.evidence();
        Provenance from = new Provenance(source, item.day(), runId, evidence.payloadSha256(), evidence.fetchedAt());
        String trackId = sourced.asked().id();
        return switch (sourced.reading()) {
            case Reading.TrackFound found -> writer.track(found.track(), from);
            case Reading.Streams streams -> writer.streams(item.isrc(), trackId, streams.counts(), from);
            case Reading.Listeners listeners ->
                writer.listeners(item.isrc(), trackId, listeners.counts(), listeners.demographics(), from);
            case Reading.Unavailable _, Reading.Pending _, Reading.Missing _, Reading.Rejected _ -> 0;
        };
    }
}
