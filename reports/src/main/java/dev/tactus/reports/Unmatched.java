package dev.tactus.reports;

import dev.tactus.lake.Lake;
import dev.tactus.lake.RowSink;
import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.Page;
import dev.tactus.music.InvalidUpc;
import dev.tactus.music.Isrc;
import dev.tactus.music.Recording;
import dev.tactus.music.Upc;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The queue of usage that the catalog does not know and nobody has decided about, as the lake is now.
public final class Unmatched {
    private static final int BATCH = 5_000;
    private static final String USAGE = """
            SELECT coalesce(s.isrc, s.usage_key) AS key, s.currency, any_value(s.isrc), any_value(s.upc),
              any_value(s.title), any_value(s.artist), string_agg(DISTINCT s.sender, '; ' ORDER BY s.sender),
              string_agg(DISTINCT s.service, '; ' ORDER BY s.service), count(*),
              CAST(coalesce(sum(s.quantity), 0) AS VARCHAR), CAST(coalesce(sum(s.net_revenue), 0) AS VARCHAR),
              min(s.usage_start), max(s.usage_end)
            FROM sales s ANTI JOIN usage_matches m ON m.usage_key = coalesce(s.isrc, s.usage_key)
            GROUP BY ALL ORDER BY key
            """;

    private final Ledger ledger;
    private final Lake lake;

    public Unmatched(Ledger ledger, Lake lake) {
        this.ledger = ledger;
        this.lake = lake;
    }

    /// All of it, what was used most first.
    public List<UnmatchedUsage> list() {
        Queue queue = new Queue();
        lake.query(USAGE, queue);
        queue.settle();
        List<UnmatchedUsage> unmatched = suggested(queue.unmatched);
        unmatched.sort(
                Comparator.comparing(UnmatchedUsage::quantity).reversed().thenComparing(UnmatchedUsage::usageKey));
        return unmatched;
    }

    /// Keeps of the usage what has no recording; looks recordings up by the thousand.
    private final class Queue implements RowSink {
        private final List<UnmatchedUsage> unmatched = new ArrayList<>();
        private final Map<String, UnmatchedUsage> batch = new LinkedHashMap<>();

        @Override
        public void columns(List<Column> columns) {
            // they are those of the query above
        }

        @Override
        public void row(List<@Nullable Object> values) {
            String currency = text(values, 1);
            UnmatchedUsage usage = new UnmatchedUsage(
                    String.valueOf(values.get(0)),
                    text(values, 2),
                    text(values, 3),
                    text(values, 4),
                    text(values, 5),
                    Optional.ofNullable(text(values, 6)).orElse(""),
                    Optional.ofNullable(text(values, 7)).orElse(""),
                    ((Number) Objects.requireNonNull(values.get(8))).longValue(),
                    new BigDecimal(String.valueOf(values.get(9))),
                    currency == null
                            ? new TreeMap<>()
                            : new TreeMap<>(Map.of(currency, new BigDecimal(String.valueOf(values.get(10))))),
                    (LocalDate) values.get(11),
                    (LocalDate) values.get(12),
                    null);
            // one usage's currencies come one after the other
            if (batch.size() >= BATCH && !batch.containsKey(usage.usageKey())) {
                settle();
            }
            batch.merge(usage.usageKey(), usage, UnmatchedUsage::and);
        }

        void settle() {
            Map<Isrc, String> isrcs = new HashMap<>();
            batch.forEach((key, usage) -> {
                if (usage.isrc() != null) {
                    isrcs.put(new Isrc(usage.isrc()), key);
                }
            });
            Set<Isrc> known = ledger.recordings().active(isrcs.keySet());
            known.forEach(isrc -> batch.remove(isrcs.get(isrc)));
            unmatched.addAll(batch.values());
            batch.clear();
        }

        private static @Nullable String text(List<@Nullable Object> values, int column) {
            Object value = values.get(column);
            return value == null ? null : value.toString();
        }
    }

    private List<UnmatchedUsage> suggested(List<UnmatchedUsage> unmatched) {
        if (unmatched.isEmpty()) {
            return unmatched;
        }
        Map<String, Suggestion> wanted = new HashMap<>();
        for (UnmatchedUsage usage : unmatched) {
            keys(usage.upc(), usage.title(), usage.artist()).forEach(key -> wanted.put(key, new Suggestion()));
        }
        Page page = Page.first(BATCH);
        for (List<Recording> some = ledger.recordings().active(page);
                !some.isEmpty();
                some = ledger.recordings().active(page)) {
            for (Recording recording : some) {
                String artist = recording.artistCredit() == null
                        ? String.join(", ", recording.artists())
                        : recording.artistCredit();
                for (String key : keys(recording.upc(), recording.title(), artist)) {
                    Suggestion suggestion = wanted.get(key);
                    if (suggestion != null) {
                        suggestion.add(recording.isrc());
                    }
                }
            }
            page = page.after(some.getLast().isrc());
        }
        return unmatched.stream()
                .map(usage -> keys(usage.upc(), usage.title(), usage.artist()).stream()
                        .flatMap(key -> Optional.ofNullable(wanted.get(key)).flatMap(Suggestion::only).stream())
                        .findFirst()
                        .map(usage::suggesting)
                        .orElse(usage))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /// The recordings that have something in common with a usage: worth suggesting where there is one.
    private static final class Suggestion {
        private @Nullable Isrc recording;
        private boolean several;

        void add(Isrc isrc) {
            several |= recording != null && !recording.equals(isrc);
            recording = isrc;
        }

        Optional<Isrc> only() {
            return several ? Optional.empty() : Optional.ofNullable(recording);
        }
    }

    private static List<String> keys(@Nullable String upc, @Nullable String title, @Nullable String artist) {
        List<String> keys = new ArrayList<>();
        if (title != null && !title.isBlank() && artist != null && !artist.isBlank()) {
            keys.add("name:" + folded(title) + "|" + folded(artist));
        }
        if (upc != null && !upc.isBlank()) {
            try {
                keys.add("upc:" + Upc.parse(upc).value());
            } catch (InvalidUpc unusable) {
                keys.add("upc:" + upc.strip());
            }
        }
        return keys;
    }

    private static String folded(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
