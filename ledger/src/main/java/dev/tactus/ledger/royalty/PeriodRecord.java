package dev.tactus.ledger.royalty;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// A close, or the reopening of one, as the ledger has it; the manifest on disk says the same and more.
///
/// @param number its place in the chain, from 1
/// @param id such as `0001-spotify-2026-10`
/// @param to the last day, which belongs to it
/// @param by who did it
/// @param reason of a close why it was accepted as incomplete, of a reopening why; absent where none was given
/// @param reopens the number of the close that this reopens; absent for a close
/// @param manifest its path, relative to the lake's folder
/// @param manifestSha256 of its bytes, lower-case hex
/// @param previousSha256 of the manifest before it in the chain; absent for the first
public record PeriodRecord(
        long number,
        String id,
        String source,
        LocalDate from,
        LocalDate to,
        String by,
        Optional<String> reason,
        Optional<Long> reopens,
        String manifest,
        String manifestSha256,
        Optional<String> previousSha256,
        Instant at) {
    /// Whether it closes, and does not reopen.
    public boolean closes() {
        return reopens.isEmpty();
    }
}
