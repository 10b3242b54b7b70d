package dev.tactus.reports.matching;

import dev.tactus.digest.Sha256Stream;
import dev.tactus.lake.Lake;
import dev.tactus.lake.failure.LakeDamaged;
import dev.tactus.lake.publication.UsageMatchRow;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The lake's table of what people decided about usage: as the ledger has it, which decides. The ledger's lock has to
/// be held.
public final class UsageMatchTable {
    private static final String NOT_OURS = "not ours";

    private final Ledger ledger;
    private final Lake lake;

    public UsageMatchTable(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// Brings the table to what the ledger says; where it is that already, nothing is done.
    ///
    /// @throws LakeDamaged if one of the two is not what was decided then; the table stays as it is
    public void publish() {
        List<UsageMatch> matches = ledger.usageMatches().list();
        if (matches.isEmpty()) {
            return;
        }
        requireSame(matches);
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

    /// Money follows a match: one that was changed behind our back, by a bit or by a hand, must not reach the lake.
    private void requireSame(List<UsageMatch> matches) {
        Map<String, UsageMatch> known =
                matches.stream().collect(Collectors.toMap(UsageMatch::usageKey, Function.identity()));
        lake.query(
                "SELECT usage_key, epoch_us(decided_at), coalesce(isrc, '" + NOT_OURS
                        + "'), decided_by FROM usage_matches ORDER BY ALL",
                row -> {
                    UsageMatch match = known.get(String.valueOf(row.get(0)));
                    if (match == null
                            || ((Number) Objects.requireNonNull(row.get(1))).longValue()
                                    != ChronoUnit.MICROS.between(Instant.EPOCH, match.at())) {
                        return; // decided anew since
                    }
                    String there = row.get(2) + " by " + row.get(3);
                    String here = match.isrc().map(Isrc::value).orElse(NOT_OURS) + " by " + match.by();
                    if (!there.equals(here)) {
                        throw new LakeDamaged(
                                "the match of " + match.usageKey() + " is not what was decided at " + match.at()
                                        + ": the lake says " + there + ", and the ledger " + here
                                        + ". Bring ledger and lake back from one backup (tactus restore), or decide again"
                                        + " (tactus reports match)",
                                null);
                    }
                });
    }
}
