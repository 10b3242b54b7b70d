package dev.tactus.ingest.catalog;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Which field of a row is which, by the names in the header: any order, any case, unknown ones left alone.
final class CatalogColumns {
    private final Map<String, Integer> places;
    private final int count;

    private CatalogColumns(Map<String, Integer> places, int count) {
        this.places = places;
        this.count = count;
    }

    static CatalogColumns of(List<String> header) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i).strip().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && places.put(name, i) != null) {
                throw new BadCatalog("the header names the column " + name + " twice; leave one of them out");
            }
        }
        if (!places.containsKey("isrc")) {
            throw new BadCatalog("the header (its first line) names no column isrc, the one column that is needed"
                    + separatorHint(header));
        }
        return new CatalogColumns(places, header.size());
    }

    /// The field of that name, stripped; nothing where it is empty or the file has no such column.
    Optional<String> field(List<String> row, String name) {
        Integer place = places.get(name);
        if (place == null || place >= row.size()) {
            return Optional.empty();
        }
        String value = row.get(place).strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    int count() {
        return count;
    }

    private static String separatorHint(List<String> header) {
        if (header.size() == 1) {
            for (String separator : List.of(";", "\t", "|")) {
                if (header.getFirst().contains(separator)) {
                    return "; its fields seem to be separated by " + (separator.equals("\t") ? "tabs" : separator)
                            + ", but a comma is needed";
                }
            }
        }
        return "";
    }
}
