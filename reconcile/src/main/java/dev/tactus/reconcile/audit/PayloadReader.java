package dev.tactus.reconcile.audit;

import dev.tactus.lake.table.LakeTable;
import dev.tactus.music.Track;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Derives rows from the bytes of an answer, as the source's profile reads it.
@FunctionalInterface
public interface PayloadReader {
    /// A track of a recording.
    record AskedTrack(String isrc, String trackId) {}

    /// Which row of a table an answer's day is meant.
    ///
    /// @param part the territory, or territory, age and gender, with blanks between them; empty for metadata
    record RowKey(String isrc, String trackId, String part) {}

    /// An answer that rows name as theirs.
    ///
    /// @param table that has the rows
    /// @param tracks those of interest
    @SuppressWarnings("ArrayRecordComponent")
    record KeptPayload(
            String source,
            LakeTable table,
            String endpoint,
            String request,
            LocalDate day,
            String sha256,
            byte[] body,
            List<AskedTrack> tracks) {
        public KeptPayload {
            tracks = List.copyOf(tracks);
        }
    }

    /// What the rows of these tracks say, as text: a count, or metadata as [#metadata] puts it; empty where nothing is
    /// known of the source any more.
    ///
    /// @throws UnreadablePayload if the answer can't be read as one
    Optional<Map<RowKey, String>> rows(KeptPayload payload);

    /// A track's metadata in one line, as the audit's SQL puts that of the table.
    static String metadata(Track track) {
        return Stream.of(
                        track.title(),
                        Long.toString(track.durationMs()),
                        track.explicit() == null ? "" : track.explicit().toString(),
                        text(track.albumId()),
                        text(track.albumTitle()),
                        text(track.releaseDate()),
                        track.artists().stream()
                                .map(artist -> text(artist.id()) + " " + artist.name())
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(" | "));
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    /// An answer of which no rows can be had.
    final class UnreadablePayload extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnreadablePayload(String message) {
            super(message);
        }
    }
}
