package dev.tactus.ingest.landing;

import dev.tactus.lake.staging.ChunkWriter;
import dev.tactus.lake.staging.Provenance;
import dev.tactus.lake.staging.StagedFile;
import dev.tactus.ledger.publications.ChunkFile;
import dev.tactus.source.response.TrackOutcome;

/// Appends tracks as rows of a chunk.
public record RowAppender(ChunkWriter writer, String source, String runId) {
    /// Appends the tracks of an item; returns how many rows they made.
    public long append(SettledItem item) {
        long rows = 0;
        for (FetchedTrack track : item.tracks()) {
            rows += append(item, track);
        }
        return rows;
    }

    /// A sealed file as the ledger notes it.
    public static ChunkFile noted(StagedFile file) {
        return new ChunkFile(file.table().name(), file.path().toString(), file.rows(), file.bytes(), file.sha256());
    }

    private long append(SettledItem item, FetchedTrack track) {
        PayloadRef evidence = track.payload();
        Provenance from = new Provenance(source, item.day(), runId, evidence.payloadSha256(), evidence.fetchedAt());
        String trackId = track.requested().id();
        return switch (track.outcome()) {
            case TrackOutcome.TrackFound found -> writer.track(found.track(), from);
            case TrackOutcome.Streams streams -> writer.streams(item.isrc(), trackId, streams.counts(), from);
            case TrackOutcome.Listeners listeners ->
                writer.listeners(item.isrc(), trackId, listeners.counts(), listeners.demographics(), from);
            case TrackOutcome.Unavailable _, TrackOutcome.Pending _, TrackOutcome.Missing _, TrackOutcome.Rejected _ ->
                0;
        };
    }
}
