package dev.tactus.simulator.catalog;

import dev.tactus.music.Artist;
import java.util.ArrayList;
import java.util.List;

/// Invented titles, names, albums and dates, as awkward as real ones: accents, other scripts, quotes, commas, brackets.
/// Immutable.
final class Vocabulary {
    private static final String[] FIRST = {
        "Silver",
        "Paper",
        "Hollow",
        "Electric",
        "Midnight",
        "Golden",
        "Broken",
        "Velvet",
        "Northern",
        "Quiet",
        "Little",
        "Burning",
        "Salt",
        "Crystal",
        "Distant",
        "Neon",
        "Wild",
        "Second",
        "Frozen",
        "Últimas",
        "Été",
        "Grüne",
        "Señor",
        "Łódź",
        "Øde",
        "Ça va",
        "Ångström",
        "Çok"
    };
    private static final String[] SECOND = {
        "River", "Lights", "Machine", "Garden", "Letters", "Thunder", "Mirror", "Harbour", "Summer", "Telephone",
                "Wolves",
        "Avenue", "Static", "Horizon", "Parade", "Ghosts", "Engine", "Islands", "Window", "Lluvia", "Straße", "Cœur",
        "Dança", "Noć", "Vår", "Żagle", "Gece"
    };
    private static final String[] WHOLE = {
        "夜明けの歌",
        "きらり",
        "Белые ночи",
        "봄날의 편지",
        "حبيبي",
        "Καλοκαίρι",
        "雨天",
        "שיר לילה",
        "Ночь & День",
        "¿Por qué?",
        "\"Heroes\" of Tin",
        "Rain, Again, and Again",
        "1+1=3",
        "L'été d'après",
        "AM/PM",
        "☀ Sun ☀",
        "Don’t Look (Back)"
    };
    private static final String[] SUFFIX = {
        " (Live at the Quay)",
        " - Remastered 2014",
        " (Radio Edit)",
        " [Instrumental]",
        " (feat. Nobody)",
        " - Acoustic"
    };
    private static final String[] GIVEN = {
        "Ana",
        "Björn",
        "Chloé",
        "Dmitri",
        "Emeka",
        "Fatima",
        "Gökçe",
        "Hana",
        "Iñigo",
        "Jun",
        "Katya",
        "Lars",
        "Mei",
        "Noor",
        "Oskar",
        "Priya",
        "Quentin",
        "Rosa",
        "Søren",
        "Thandiwe"
    };
    private static final String[] FAMILY = {
        "Almeida", "Brandt", "Castillo", "Dvořák", "Eriksen", "Fontaine", "Grünwald", "Haddad", "Ito", "Jørgensen",
        "Kowalska", "Lefèvre", "Müller", "Nakamura", "O'Neill", "Petrović", "Quispe", "Rossi", "Şahin", "Tanaka"
    };
    private static final String[] BANDS = {
        "The Tin Lanterns",
        "Salt & Ash",
        "Nine, Ten, The Band",
        "AB/CD",
        "きらり",
        "Группа 7",
        "Los Otros",
        "N'oublie pas",
        "DJ +1",
        "The And"
    };
    private static final String[] LABELS = {
        "Harmonia", "Blue Quay", "Nordlys Records", "Ràdio Sèt", "Tin & Sons", "夜 Records"
    };

    private final long seed;
    private final SyntheticIds artistIds;

    Vocabulary(long seed) {
        this.seed = SplitMix.of(seed, 0x776f7264L);
        this.artistIds = new SyntheticIds(SplitMix.of(seed, 2));
    }

    String title(long index) {
        long random = SplitMix.of(seed, index, 1);
        String title = SplitMix.below(random, 100) < 8
                ? pick(WHOLE, SplitMix.of(random, 1))
                : pick(FIRST, SplitMix.of(random, 1)) + " " + pick(SECOND, SplitMix.of(random, 2));
        return SplitMix.below(SplitMix.of(random, 3), 100) < 15 ? title + pick(SUFFIX, SplitMix.of(random, 4)) : title;
    }

    List<Artist> artists(long index) {
        long random = SplitMix.of(seed, index, 2);
        int roll = SplitMix.below(random, 100);
        int count = roll < 80 ? 1 : roll < 94 ? 2 : 3;
        int first = SplitMix.below(SplitMix.of(random, 1), GIVEN.length * FAMILY.length);
        List<Artist> artists = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // 137 and the 400 names have no common divisor: nobody is credited twice.
            int number = (first + i * 137) % (GIVEN.length * FAMILY.length);
            artists.add(new Artist(artistIds.idOf(number), artist(number)));
        }
        return artists;
    }

    private static String artist(int number) {
        return number < BANDS.length
                ? BANDS[number]
                : GIVEN[number % GIVEN.length] + " " + FAMILY[number / GIVEN.length];
    }

    String album(long index, int which) {
        long random = SplitMix.of(seed, index, 5 + which);
        if (which == 0 && SplitMix.below(random, 100) < 40) {
            return title(index);
        }
        return which < 2
                ? pick(SECOND, SplitMix.of(random, 1)) + " & " + pick(SECOND, SplitMix.of(random, 2))
                : "Best of " + pick(FIRST, SplitMix.of(random, 1)) + ", Vol. " + which;
    }

    String label(long index) {
        return pick(LABELS, SplitMix.of(seed, index, 10));
    }

    /// A day; for one in ten only a month or a year.
    String releaseDate(long index, int year) {
        long random = SplitMix.of(seed, index, 11);
        String month = twoDigits(1 + SplitMix.below(SplitMix.of(random, 1), 12));
        String day = twoDigits(1 + SplitMix.below(SplitMix.of(random, 2), 28));
        int roll = SplitMix.below(random, 100);
        return roll < 7 ? "" + year : roll < 10 ? year + "-" + month : year + "-" + month + "-" + day;
    }

    /// Twelve digits, the last of which checks the others (GTIN, modulo 10).
    String upc(long index) {
        long random = SplitMix.of(seed, index, 12);
        String digits = String.valueOf(60_000_000_000L + Long.remainderUnsigned(random, 30_000_000_000L));
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 3 : 1);
        }
        return digits + (10 - sum % 10) % 10;
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : "" + number;
    }

    private static String pick(String[] of, long random) {
        return of[SplitMix.below(random, of.length)];
    }
}
