package dev.tactus.reports.matching;

import dev.tactus.lake.Lake;
import dev.tactus.lake.query.SqlResource;
import dev.tactus.ledger.royalty.UsageMatch;
import dev.tactus.music.identifiers.Isrc;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Usage that a person has matched to a recording which has rows of its own for the same usage: both count from then
/// on.
/// That may be right, since a file may list a recording twice; or the same plays stand there with and without an ISRC.
///
/// @param all how many there are
/// @param worst the first of them, in words, those that are worth most
public record DoubleClaims(long all, List<String> worst) {
    private static final int SHOWN = 10;
    private static final int AT_ONCE = 1_000;

    public DoubleClaims {
        worst = List.copyOf(worst);
    }

    static DoubleClaims of(Lake lake, List<UsageMatch> matches) {
        Map<String, String> ours = matches.stream()
                .filter(match -> match.isrc().isPresent())
                .collect(Collectors.toMap(
                        UsageMatch::usageKey,
                        match -> match.isrc().map(Isrc::value).orElse("")));
        List<String> decided = ours.entrySet().stream()
                .map(one -> "(" + quoted(one.getKey()) + ", " + quoted(one.getValue()) + ")")
                .sorted()
                .toList();
        List<String> worst = new ArrayList<>();
        long[] all = {0};
        for (int from = 0; from < decided.size(); from += AT_ONCE) {
            List<String> some = decided.subList(from, Math.min(from + AT_ONCE, decided.size()));
            long[] its = {0};
            lake.query(
                    SqlResource.of(DoubleClaims.class, "double_claims")
                            .insert("decided", String.join(", ", some))
                            .insert("most", Integer.toString(SHOWN))
                            .text(),
                    row -> {
                        its[0] = ((Number) Objects.requireNonNull(row.get(15))).longValue();
                        if (worst.size() < SHOWN) {
                            worst.add(words(row));
                        }
                    });
            all[0] += its[0];
        }
        return new DoubleClaims(all[0], worst);
    }

    private static String words(List<? extends @Nullable Object> row) {
        return "'" + row.get(0) + "' (" + rows(row, 2) + ") beside " + row.get(1) + " (" + rows(row, 8) + "): "
                + row.get(14);
    }

    /// Where they stand, and what they come to.
    private static String rows(List<? extends @Nullable Object> row, int from) {
        String more = ((Number) Objects.requireNonNull(row.get(from + 2))).longValue() > 1
                ? ", " + row.get(from + 2) + " rows"
                : "";
        BigDecimal money = (BigDecimal) row.get(from + 4);
        return "line " + row.get(from + 1) + " of " + row.get(from) + more + ", " + row.get(from + 3)
                + (String.valueOf(row.get(from + 3)).equals("1") ? " unit" : " units")
                + (money == null
                        ? ""
                        : ", "
                                + (money.signum() == 0
                                        ? "0"
                                        : money.stripTrailingZeros().toPlainString())
                                + " " + row.get(from + 5));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
