package dev.tactus.serve.lists;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// The rows of a list that were asked for.
///
/// @param matching all that fit the query, sorted
/// @param rows those of the page
/// @param all how many there are without a query
public record ListSlice(List<JsonNode> matching, List<JsonNode> rows, int all, int page, int size) {
    /// Answers a query.
    public static ListSlice of(ServedList listing, JsonNode answer, ListQuery query) {
        List<JsonNode> all = List.copyOf(answer.path(listing.array()).values());
        List<JsonNode> matching = all.stream()
                .filter(row -> fits(listing, row, query))
                .sorted(query.sort()
                        .flatMap(listing::column)
                        .map(column -> order(column, query.descending()))
                        .orElse((_, _) -> 0))
                .toList();
        int from = (int) Math.min(matching.size(), (query.page() - 1L) * query.size());
        int to = (int) Math.min(matching.size(), from + (long) query.size());
        return new ListSlice(matching, matching.subList(from, to), all.size(), query.page(), query.size());
    }

    /// The last page, at least 1.
    public int pages() {
        return Math.max(1, Math.ceilDiv(matching.size(), size));
    }

    /// The values that a column has in the whole list, for a filter.
    public static List<String> values(ServedList listing, JsonNode answer, String column) {
        TreeSet<String> values = new TreeSet<>();
        answer.path(listing.array()).values().forEach(row -> {
            String value = CellValue.text(row.path(column));
            if (!value.isEmpty()) {
                values.add(value);
            }
        });
        return List.copyOf(values);
    }

    private static boolean fits(ServedList listing, JsonNode row, ListQuery query) {
        for (Map.Entry<String, String> equal : query.equal().entrySet()) {
            if (!CellValue.text(row.path(equal.getKey())).equals(equal.getValue())) {
                return false;
            }
        }
        return query.words().isEmpty()
                || listing.columns().stream()
                        .anyMatch(column -> CellValue.text(row.path(column.name()))
                                .toLowerCase(Locale.ROOT)
                                .contains(query.words()));
    }

    /// Rows without a value come last, whichever way the list is sorted.
    private static Comparator<JsonNode> order(ListColumn column, boolean descending) {
        Comparator<JsonNode> values = switch (column.kind()) {
            case NUMBER, MONEY ->
                Comparator.comparing(
                        (JsonNode row) -> CellValue.amount(row.path(column.name())),
                        emptyLast(Comparator.<BigDecimal>naturalOrder(), descending));
            case TEXT, CODE, FLAG, DAY, TIME, NAMES, PARTS ->
                Comparator.comparing(
                        (JsonNode row) -> Optional.of(CellValue.text(row.path(column.name())))
                                .filter(text -> !text.isEmpty()),
                        emptyLast(String.CASE_INSENSITIVE_ORDER, descending));
        };
        return values;
    }

    private static <T> Comparator<Optional<T>> emptyLast(Comparator<T> order, boolean descending) {
        Comparator<T> directed = descending ? order.reversed() : order;
        return (a, b) -> a.isEmpty() || b.isEmpty()
                ? Boolean.compare(a.isEmpty(), b.isEmpty())
                : directed.compare(a.get(), b.get());
    }
}
