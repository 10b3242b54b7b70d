package dev.tactus.simulator.catalog;

import dev.tactus.music.Demographic;
import dev.tactus.music.ListenerCount;
import dev.tactus.music.StreamCount;
import dev.tactus.music.Track;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// How often and by whom each track is heard, computed from the seed: about 25 territories a recording (some have
/// none), four parts of the audience in each. Integer arithmetic only, so that every machine computes the same.
/// Immutable.
public final class Audience {
    public static final int PARTS = 4;

    // 61 of them, a prime number: every step width from a start visits each once.
    private static final String[] TERRITORIES = {
        "US", "MX", "BR", "GB", "DE", "IN", "ID", "FR", "PH", "TR", "CA", "AU", "ES", "IT", "AR", "CL", "CO", "JP",
                "NL",
        "PL", "SE", "PE", "TW", "MY", "NO", "DK", "TH", "VN", "FI", "BE", "CH", "IE", "NZ", "AT", "PT", "CZ", "RO",
                "HU",
        "GR", "ZA", "EG", "MA", "SA", "AE", "IL", "SG", "HK", "KR", "EC", "GT", "CR", "DO", "UY", "BO", "PY", "UA",
                "RS",
        "NG", "KE", "PK", "XK"
    };
    private static final String[] AGES = {"13-17", "18-22", "23-27", "28-34", "35-44", "45-59", "60+"};
    private static final String[] GENDERS = {"female", "male", "non_binary", "unknown"};
    private static final int GROUPS = AGES.length * GENDERS.length;

    private final long seed;

    public Audience(long seed) {
        this.seed = SplitMix.of(seed, 0x61756469L);
    }

    /// The territories a recording is heard in, the same every day; 0 to 50 of them.
    public List<String> territories(Isrc isrc) {
        Reach reach = Reach.of(seed, isrc);
        List<String> territories = new ArrayList<>(reach.count());
        for (int i = 0; i < reach.count(); i++) {
            territories.add(TERRITORIES[reach.at(i)]);
        }
        return territories;
    }

    public List<StreamCount> streams(Track track, LocalDate day) {
        Reach reach = Reach.of(seed, track.isrc());
        long key = dayKey(track, day);
        List<StreamCount> counts = new ArrayList<>(reach.count());
        for (int i = 0; i < reach.count(); i++) {
            counts.add(new StreamCount(TERRITORIES[reach.at(i)], streams(reach, reach.at(i), key)));
        }
        return counts;
    }

    public DailyListeners listeners(Track track, LocalDate day) {
        Reach reach = Reach.of(seed, track.isrc());
        long key = dayKey(track, day);
        List<ListenerCount> counts = new ArrayList<>(reach.count());
        List<Demographic> parts = new ArrayList<>(reach.count() * PARTS);
        for (int i = 0; i < reach.count(); i++) {
            int territory = reach.at(i);
            String code = TERRITORIES[territory];
            long random = SplitMix.of(key, territory, 2);
            long streams = streams(reach, territory, key);
            long listeners = streams - streams * SplitMix.below(random, 60) / 100;
            counts.add(new ListenerCount(code, listeners));
            addParts(parts, code, listeners, SplitMix.mix(random));
        }
        return new DailyListeners(counts, parts);
    }

    private static void addParts(List<Demographic> parts, String code, long listeners, long random) {
        int start = SplitMix.below(random, GROUPS);
        long rest = listeners;
        for (int part = 0; part < PARTS; part++) {
            // 5 and the 28 groups have no common divisor: four different groups.
            int group = (start + part * 5) % GROUPS;
            long share = part == PARTS - 1 ? rest : rest * (20 + SplitMix.below(random << (part * 7), 30)) / 100;
            rest -= share;
            parts.add(new Demographic(code, AGES[group % AGES.length], GENDERS[group / AGES.length], share));
        }
    }

    private static long streams(Reach reach, int territory, long dayKey) {
        long random = SplitMix.of(dayKey, territory, 1);
        int weight = 1 + 400 / (territory + 4);
        return reach.popularity() * weight * (50 + SplitMix.below(random, 101)) / 10_000
                + SplitMix.below(random << 20, 9);
    }

    private long dayKey(Track track, LocalDate day) {
        return SplitMix.of(SplitMix.of(seed, track.id()), day.toEpochDay());
    }

    /// Where a recording is heard, and how much.
    private record Reach(int count, int start, int step, long popularity) {
        static Reach of(long seed, Isrc isrc) {
            long key = SplitMix.of(seed, isrc.value());
            int count = SplitMix.below(key, 100) < 2 ? 0 : 1 + SplitMix.below(SplitMix.of(key, 1), 50);
            int start = SplitMix.below(SplitMix.of(key, 2), TERRITORIES.length);
            int step = 1 + SplitMix.below(SplitMix.of(key, 3), TERRITORIES.length - 1);
            int magnitude = SplitMix.below(SplitMix.of(key, 4), 15);
            long popularity = (1L << magnitude) + SplitMix.below(SplitMix.of(key, 5), 1 << magnitude);
            return new Reach(count, start, step, popularity);
        }

        int at(int i) {
            return (start + i * step) % TERRITORIES.length;
        }
    }
}
