package dev.tactus.reports;

import dev.tactus.lake.Lake;
import dev.tactus.lake.UsageMatchRow;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.UsageMatch;
import dev.tactus.music.Isrc;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/// The lake's table of what people decided about usage: as the ledger has it, which decides. The ledger's lock has to
/// be held.
final class MatchTable {
    private final Ledger ledger;
    private final Lake lake;

    MatchTable(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Brings the table to what the ledger says; where it is that already, nothing is done.
    void publish() {
        List<UsageMatch> matches = ledger.usageMatches().list();
        if (matches.isEmpty()) {
            return;
        }
        Instant last = matches.stream()
                .map(UsageMatch::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        MessageDigest digest = Survey.sha256Digest();
        matches.forEach(match -> digest.update((match + "\n").getBytes(StandardCharsets.UTF_8)));
        lake.replaceUsageMatches(
                "matches/" + last + "/"
                        + HexFormat.of().formatHex(digest.digest()).substring(0, 12),
                matches.stream()
                        .map(match -> new UsageMatchRow(
                                match.usageKey(), match.isrc().map(Isrc::value).orElse(null), match.by(), match.at()))
                        .toList());
    }
}
