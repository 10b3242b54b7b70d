package dev.tactus.ledger;

import dev.tactus.ledger.runs.Run;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What the tests put into ledgers.
public final class Samples {
    public static final LocalDate DAY = LocalDate.parse("2026-11-21");
    public static final String SOURCE = "spotify";

    private Samples() {}

    public static Isrc isrc(int serial) {
        return new Isrc(String.format(Locale.ROOT, "QZTAC%07d", serial));
    }

    public static Recording recording(int serial, int priority) {
        return new Recording(isrc(serial), null, List.of(), null, null, null, null, null, null, List.of(), priority);
    }

    /// Fills the catalog with the recordings 0 to count − 1, all of priority 0.
    public static void catalog(Ledger ledger, int count) {
        ledger.recordings()
                .replaceWith(
                        "hash",
                        IntStream.range(0, count)
                                .mapToObj(serial -> recording(serial, 0))
                                .iterator());
    }

    public static Run run(Ledger ledger) {
        return ledger.runs().start(SOURCE, DAY, DAY, EnumSet.allOf(Dataset.class), "hash", "1.0");
    }
}
