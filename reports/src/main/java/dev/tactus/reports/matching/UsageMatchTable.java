package dev.tactus.reports.matching;

import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.Lake;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// The lake's table of what people decided about usage: as the ledger has it, which decides. The ledger's lock has to
/// be held.
public final class UsageMatchTable {
    private final Ledger ledger;
    private final Lake lake;

    public UsageMatchTable(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Brings the table to what the ledger says; where it is that already, nothing is done.
    public void publish() {
        List<UsageMatch> matches = ledger.usageMatches().list();
        if (matches.isEmpty()) {
            return;
        }
        Instant last = matches.stream()
                .map(UsageMatch::at)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        Sha256Stream digest = new Sha256Stream();
        matches.forEach(match -> digest.update((match + "\n").getBytes(StandardCharsets.UTF_8)));
        lake.replaceUsageMatches(
                "matches/" + last + "/" + digest.digest().hex(12),
                matches.stream()
                        .map(match -> new UsageMatchRow(
                                match.usageKey(), match.isrc().map(Isrc::value).orElse(null), match.by(), match.at()))
                        .toList());
    }
}
