package dev.tactus.serve.pages;

import dev.tactus.serve.lists.CellValue;
import dev.tactus.serve.lists.ListColumn;
import dev.tactus.serve.lists.ServedList;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which cells of a list lead to a page of their own.
final class RowLinks {
    private static final Set<String> WITH_PAGES = Set.of("runs", "statements", "dead-letters", "periods");

    private RowLinks() {}

    static Optional<String> of(ServedList listing, ListColumn column, JsonNode row) {
        String value = CellValue.text(row.path(column.name()));
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (listing.name().equals("today") && column.name().equals("subject")) {
            return Optional.of(CellValue.text(row.path("page"))).filter(page -> page.startsWith("/"));
        }
        if (listing.name().equals("variances") && column.name().equals("isrc")) {
            return Optional.of("/explain?period=" + field(row, "period") + "&isrc=" + field(row, "isrc") + "&source="
                    + field(row, "source") + "&territory=" + field(row, "territory") + "&usage="
                    + field(row, "usage_type"));
        }
        return column.name().equals(listing.key()) && WITH_PAGES.contains(listing.name())
                ? Optional.of("/" + listing.name() + "/" + ListPage.encoded(value))
                : Optional.empty();
    }

    private static String field(JsonNode row, String name) {
        return ListPage.encoded(CellValue.text(row.path(name)));
    }
}
