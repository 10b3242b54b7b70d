package dev.tactus.music.identifiers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Territories as reports name them: by code of two or three letters, by number, by English name.
public final class TerritoryNames {
    /// In which territories are known by name, besides English.
    private static final List<String> LANGUAGES = List.of("de", "fr", "es", "it", "pt", "nl");

    private static final Map<String, String> CODES = codes();

    private TerritoryNames() {}

    /// What nobody knows, and a group of territories, is unknown: its money counts, but not for a country.
    ///
    /// @param separator between several territories in one cell, which then can't be told apart: unknown
    public static Territory parse(String text, Optional<String> separator) {
        String bare = text.strip();
        if (separator.isPresent() && bare.contains(separator.get())) {
            return Territory.UNKNOWN;
        }
        String known = CODES.get(bare.toLowerCase(Locale.ROOT));
        try {
            return known == null ? Territory.parse(bare) : new Territory(known);
        } catch (InvalidTerritory group) {
            return Territory.UNKNOWN;
        }
    }

    /// Lines of a text beside this class, without comments.
    static List<String> lines(String resource) {
        try (InputStream in = TerritoryNames.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the program");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String country : Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)) {
            Locale locale = Locale.of("", country);
            codes.put(locale.getISO3Country().toLowerCase(Locale.ROOT), country);
            codes.put(locale.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), country);
        }
        for (String language : LANGUAGES) {
            for (String country : Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)) {
                String name = Locale.of("", country).getDisplayCountry(Locale.of(language));
                codes.putIfAbsent(name.toLowerCase(Locale.ROOT), country);
            }
        }
        for (String line : lines("territories.txt")) {
            int equals = line.indexOf('=');
            if (equals < 0) {
                for (String pair : line.split(" ", -1)) {
                    codes.put(pair.substring(0, 3), pair.substring(3));
                }
            } else {
                for (String name : line.substring(equals + 1).split("\\|", -1)) {
                    codes.put(name, line.substring(0, equals));
                }
            }
        }
        codes.remove("");
        return Map.copyOf(codes);
    }
}
