package dev.tactus.console.disaster;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What happens at a moment of a command.
///
/// @param moment at which kind of moment
/// @param nth at which of them, from 1
record Disaster(Kind kind, Moment moment, int nth) {
    enum Kind {
        NONE,
        /// The process ends; the system goes on, and with it everything that was written.
        KILL,
        /// The machine ends: what was not forced to the disk may be torn or lost.
        POWER_LOSS,
        /// From here on the disk refuses whatever is written.
        DISK_FULL,
        /// One bit of the file that an engine has just closed is another.
        FLIP,
        CLOCK_AHEAD,
        CLOCK_BACK,
        CLOCK_STALLS,
        /// Somebody reads meanwhile.
        READER,
        /// Somebody writes meanwhile, with a copy of the ledger.
        SECOND_WRITER
    }

    /// After each step that Tactus owns, before and after each commit, at each reading of the clock.
    enum Moment {
        CLOSED,
        FORCED,
        RENAMED,
        FOLDER_FORCED,
        COMMIT_DUE,
        COMMITTED,
        LEDGER_COMMIT_DUE,
        LEDGER_COMMITTED,
        CLOCK_READ
    }

    static final Duration STEP = Duration.ofDays(400);

    static final Disaster NONE = new Disaster(Kind.NONE, Moment.CLOSED, 0);

    /// How many moments of a kind a command has, roughly.
    private static final Map<Moment, Integer> MOMENTS = new EnumMap<>(Map.of(
            Moment.CLOSED, 15,
            Moment.FORCED, 70,
            Moment.RENAMED, 40,
            Moment.FOLDER_FORCED, 80,
            Moment.COMMIT_DUE, 2,
            Moment.COMMITTED, 2,
            Moment.LEDGER_COMMIT_DUE, 25,
            Moment.LEDGER_COMMITTED, 25,
            Moment.CLOCK_READ, 50));

    @Override
    public String toString() {
        return kind == Kind.NONE ? "" : " [" + kind + " at " + moment + " " + nth + "]";
    }

    /// One that may happen to a command, or none.
    ///
    /// @param percent how often there is one
    static Disaster draw(Random random, int percent) {
        if (random.nextInt(100) >= percent) {
            return NONE;
        }
        Kind kind = switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4 -> Kind.KILL;
            case 5, 6, 7, 8 -> Kind.POWER_LOSS;
            case 9, 10 -> Kind.DISK_FULL;
            case 11 -> Kind.FLIP;
            case 12 -> random.nextBoolean() ? Kind.CLOCK_AHEAD : Kind.CLOCK_BACK;
            case 13 -> Kind.CLOCK_STALLS;
            case 14 -> Kind.READER;
            default -> Kind.SECOND_WRITER;
        };
        List<Moment> moments = switch (kind) {
            case FLIP -> List.of(Moment.CLOSED);
            case DISK_FULL -> List.of(Moment.CLOSED, Moment.FORCED, Moment.RENAMED, Moment.LEDGER_COMMIT_DUE);
            case SECOND_WRITER -> List.of(Moment.CLOSED, Moment.LEDGER_COMMITTED);
            case NONE, KILL, POWER_LOSS, CLOCK_AHEAD, CLOCK_BACK, CLOCK_STALLS, READER -> List.of(Moment.values());
        };
        Moment moment = moments.get(random.nextInt(moments.size()));
        return new Disaster(kind, moment, 1 + random.nextInt(MOMENTS.getOrDefault(moment, 1)));
    }
}
