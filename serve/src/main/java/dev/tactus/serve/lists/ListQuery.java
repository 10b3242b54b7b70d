package dev.tactus.serve.lists;

import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Which rows of a list are asked for, and in which order.
///
/// @param words that a row must have in some column, in any case; empty for all
/// @param equal what columns must be equal to
/// @param sort the column to sort by; empty for the order of the command
/// @param page from 1
/// @param size rows of a page
public record ListQuery(
        String words, Map<String, String> equal, Optional<String> sort, boolean descending, int page, int size) {
    private static final int USUAL_SIZE = 50;
    private static final int LARGEST = 10_000;

    /// Reads the query of a request: `q`, `sort` (with a minus for descending), `page`, `size`, and columns by name.
    ///
    /// @throws PageProblem if it asks for what isn't there
    public static ListQuery of(ServedList listing, PageRequest request) {
        SequencedMap<String, String> equal = new LinkedHashMap<>();
        request.query().forEach((name, value) -> {
            if (!value.isBlank() && listing.column(name).isPresent()) {
                equal.put(name, value);
            }
        });
        String sort = request.asked("sort").orElse("");
        boolean descending = sort.startsWith("-");
        String column = descending ? sort.substring(1) : sort;
        if (!column.isEmpty() && listing.column(column).isEmpty()) {
            throw new PageProblem(
                    400,
                    "sort: there is no column " + column + ", only "
                            + String.join(
                                    ", ",
                                    listing.columns().stream()
                                            .map(ListColumn::name)
                                            .toList()));
        }
        return new ListQuery(
                request.asked("q").orElse("").strip().toLowerCase(Locale.ROOT),
                equal,
                Optional.of(column).filter(name -> !name.isEmpty()),
                descending,
                number(request, "page", 1, Integer.MAX_VALUE),
                number(request, "size", USUAL_SIZE, LARGEST));
    }

    private static int number(PageRequest request, String name, int usual, int most) {
        String text = request.asked(name).orElse(Integer.toString(usual));
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= 1 && number <= most) {
                return number;
            }
        }
        throw new PageProblem(
                400, name + ": expected a whole number from 1" + (most < Integer.MAX_VALUE ? " to " + most : ""));
    }
}
