package dev.tactus.reports.matching;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.InvalidIsrc;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.reports.BadReport;
import dev.tactus.reports.TextExcerpt;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes over what people have filled in: which recording a usage is, or that it is none of ours. Remembered in the
/// ledger for the months to come, and in the lake for whoever joins over it. The ledger's lock has to be held.
public final class MatchImporter {
    /// What was taken over.
    ///
    /// @param matched usages that are a recording now
    /// @param notOurs usages that are none
    /// @param replaced decisions that somebody had made before and that hold no longer
    /// @param beside usage that counts beside rows that its recording has for the same usage
    public record MatchCounts(long matched, long notOurs, List<ReplacedMatch> replaced, DoubleClaims beside) {
        public MatchCounts {
            replaced = List.copyOf(replaced);
        }
    }

    /// A decision about a usage, and the other one that takes its place.
    public record ReplacedMatch(UsageMatch before, UsageMatch after) {}

    private static final String NOT_OURS = "-";
    private static final int SHOWN = 10;
    private static final int KEYS_AT_ONCE = 1_000;

    private final Ledger ledger;
    private final Lake lake;
    private final InstantSource clock;

    public MatchImporter(Ledger ledger, Lake lake, InstantSource clock) {
        this.ledger = ledger;
        this.lake = lake;
        this.clock = clock;
    }

    /// Takes a filled-in sheet over, all of it or nothing.
    ///
    /// @throws BadReport if it isn't one, or something in it can't be taken
    public MatchCounts take(Path file, String by) {
        List<UsageMatch> matches = new ArrayList<>();
        Map<String, MatchSheetReader.FilledRow> first = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        for (MatchSheetReader.FilledRow decided : MatchSheetReader.read(file)) {
            if (decided.usageKey().isEmpty()) {
                wrong.add("line " + decided.line() + " has no " + MatchSheetWriter.KEY);
                continue;
            }
            MatchSheetReader.@Nullable FilledRow said = first.putIfAbsent(decided.usageKey(), decided);
            if (said != null) {
                if (!said.decision().equals(decided.decision())) {
                    wrong.add("lines " + said.line() + " and " + decided.line()
                            + " decide differently about the same usage");
                }
                continue;
            }
            try {
                Optional<Isrc> isrc = decided.decision().equals(NOT_OURS)
                        ? Optional.empty()
                        : Optional.of(Isrc.parse(decided.decision()));
                matches.add(new UsageMatch(decided.usageKey(), isrc, by, now));
            } catch (InvalidIsrc e) {
                wrong.add("line " + decided.line() + ": " + e.getMessage());
            }
        }
        Set<String> used = used(matches.stream().map(UsageMatch::usageKey).toList());
        matches.stream()
                .map(UsageMatch::usageKey)
                .filter(key -> !used.contains(key))
                .forEach(key -> wrong.add("no reported usage has the key '" + TextExcerpt.brief(key) + "'"));
        List<Isrc> named =
                matches.stream().flatMap(m -> m.isrc().stream()).distinct().toList();
        Set<Isrc> known = ledger.recordings().active(named);
        named.stream()
                .filter(isrc -> !known.contains(isrc))
                .forEach(isrc -> wrong.add(isrc + " is not in the catalog"));
        if (!wrong.isEmpty()) {
            throw new BadReport(file + ": nothing was imported: "
                    + String.join("; ", wrong.subList(0, Math.min(SHOWN, wrong.size())))
                    + (wrong.size() > SHOWN ? "; and " + (wrong.size() - SHOWN) + " more" : "")
                    + ". In " + MatchSheetWriter.DECISION + ", enter the ISRC of a catalog recording, or "
                    + NOT_OURS + " for usage that is not yours");
        }
        Map<String, UsageMatch> earlier =
                ledger.usageMatches().list().stream().collect(Collectors.toMap(UsageMatch::usageKey, match -> match));
        List<ReplacedMatch> replaced = matches.stream()
                .flatMap(match -> Optional.ofNullable(earlier.get(match.usageKey()))
                        .filter(before -> !before.isrc().equals(match.isrc()))
                        .map(before -> new ReplacedMatch(before, match))
                        .stream())
                .toList();
        DoubleClaims beside = DoubleClaims.of(lake, matches);
        ledger.transaction(() -> matches.forEach(ledger.usageMatches()::put));
        new UsageMatchTable(ledger, lake).publish();
        long ours = matches.stream().filter(m -> m.isrc().isPresent()).count();
        return new MatchCounts(ours, matches.size() - ours, replaced, beside);
    }

    /// Which of these keys are of usage that is in the lake, or that somebody has decided about before.
    private Set<String> used(List<String> keys) {
        Set<String> used =
                ledger.usageMatches().list().stream().map(UsageMatch::usageKey).collect(Collectors.toSet());
        for (int from = 0; from < keys.size(); from += KEYS_AT_ONCE) {
            List<String> some = keys.subList(from, Math.min(from + KEYS_AT_ONCE, keys.size()));
            lake.query(
                    SqlResource.of(MatchImporter.class, "keys_in_use")
                            .with("keys", some)
                            .text(),
                    row -> used.add(String.valueOf(row.getFirst())));
        }
        return used;
    }
}
