package dev.tactus.reconcile.audit;

import dev.tactus.music.Dataset;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Derives counts from the bytes of an answer, as the source's profile reads it.
@FunctionalInterface
public interface PayloadReader {
    /// A track of a recording.
    record AskedTrack(String isrc, String trackId) {}

    /// A count's key.
    record CountKey(String isrc, String trackId, String territory) {}

    /// An answer that rows name as theirs.
    ///
    /// @param tracks those of interest
    @SuppressWarnings("ArrayRecordComponent")
    record KeptPayload(
            String source,
            Dataset dataset,
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

    /// The counts of these tracks; empty where nothing is known of the source any more.
    ///
    /// @throws UnreadablePayload if the answer can't be read as one
    Optional<Map<CountKey, Long>> counts(KeptPayload payload);

    /// An answer of which no counts can be had.
    final class UnreadablePayload extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnreadablePayload(String message) {
            super(message);
        }
    }
}
