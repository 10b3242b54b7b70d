package dev.tactus.ingest.catalog;

import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import dev.tactus.music.identifiers.Territory;
import dev.tactus.music.identifiers.Upc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Turns a row into a recording. Only a bad ISRC costs the row; any other invalid field is left out with a warning.
final class CatalogEntryReader {
    private static final Pattern RELEASE_DATE = Pattern.compile("\\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\\d|3[01]))?)?");
    private static final Pattern TERRITORY_SEPARATORS = Pattern.compile("[;,|\\s]+");

    private final CatalogColumns columns;
    private final Pattern artistSeparator;

    CatalogEntryReader(CatalogColumns columns, String artistSeparator) {
        this.columns = columns;
        this.artistSeparator = Pattern.compile(Pattern.quote(artistSeparator));
    }

    CatalogEntry read(List<String> row) {
        if (row.size() > columns.count()
                && row.subList(columns.count(), row.size()).stream().anyMatch(extra -> !extra.isBlank())) {
            return new CatalogEntry.Unusable("the row has " + row.size() + " fields, the header names "
                    + columns.count() + "; a field with a comma in it needs quotes");
        }
        Isrc isrc;
        try {
            isrc = isrc(row);
        } catch (IllegalArgumentException e) {
            return new CatalogEntry.Unusable(said(e));
        }
        List<String> warnings = new ArrayList<>();
        if (row.size() < columns.count()) {
            warnings.add("the row has " + row.size() + " of " + columns.count() + " fields; the others are left out");
        }
        if (!isrc.hasListedPrefix()) {
            warnings.add("isrc: the prefix " + isrc.value().substring(0, 2) + " is not a known one; kept");
        }
        Optional<String> credit = columns.field(row, "artists");
        return new CatalogEntry.Read(
                new Recording(
                        isrc,
                        columns.field(row, "title").orElse(null),
                        credit.map(this::split).orElse(List.of()),
                        credit.orElse(null),
                        optional(row, "duration_ms", CatalogEntryReader::duration, warnings)
                                .orElse(null),
                        optional(row, "upc", raw -> Upc.parse(raw).value(), warnings)
                                .orElse(null),
                        optional(row, "explicit", CatalogEntryReader::flag, warnings)
                                .orElse(null),
                        columns.field(row, "label").orElse(null),
                        optional(row, "release_date", CatalogEntryReader::releaseDate, warnings)
                                .orElse(null),
                        territories(row, warnings),
                        optional(row, "priority", CatalogEntryReader::priority, warnings)
                                .orElse(0)),
                warnings);
    }

    Isrc isrc(List<String> row) {
        return Isrc.parse(columns.field(row, "isrc").orElse(""));
    }

    private List<String> split(String credit) {
        return Arrays.stream(artistSeparator.split(credit))
                .map(String::strip)
                .filter(artist -> !artist.isEmpty())
                .toList();
    }

    private List<String> territories(List<String> row, List<String> warnings) {
        List<String> known = new ArrayList<>();
        for (String raw : TERRITORY_SEPARATORS
                .splitAsStream(columns.field(row, "territories").orElse(""))
                .toList()) {
            if (!raw.isEmpty()) {
                try {
                    known.add(Territory.parse(raw).code());
                } catch (IllegalArgumentException e) {
                    warnings.add("territories: " + said(e) + "; left out");
                }
            }
        }
        return known;
    }

    private <T> Optional<T> optional(List<String> row, String name, Function<String, T> reader, List<String> warnings) {
        Optional<String> raw = columns.field(row, name);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        try {
            return raw.map(reader);
        } catch (IllegalArgumentException e) {
            warnings.add(name + ": " + said(e) + "; the field is left out");
            return Optional.empty();
        }
    }

    private static long duration(String raw) {
        try {
            long duration = Long.parseLong(raw);
            if (duration >= 0) {
                return duration;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw new IllegalArgumentException("'" + brief(raw) + "' is not a number of milliseconds");
    }

    private static int priority(String raw) {
        try {
            return Integer.parseInt(raw);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + brief(raw) + "' is not a whole number", e);
        }
    }

    private static boolean flag(String raw) {
        return switch (raw.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "y", "1", "explicit" -> true;
            case "false", "no", "n", "0", "clean" -> false;
            default -> throw new IllegalArgumentException("'" + brief(raw) + "' is neither true nor false");
        };
    }

    private static String releaseDate(String raw) {
        if (!RELEASE_DATE.matcher(raw).matches()) {
            throw new IllegalArgumentException(
                    "'" + brief(raw) + "' is not a date such as 2026-11-21, 2026-11 or 2026");
        }
        return raw;
    }

    private static String said(IllegalArgumentException e) {
        return e.getMessage() == null ? "not readable" : e.getMessage();
    }

    private static String brief(String raw) {
        return raw.length() > 40 ? raw.substring(0, 40) + "…" : raw;
    }
}
