package dev.tactus.ingest.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Ledger;
import dev.tactus.ledger.runs.RunState;
import dev.tactus.music.Dataset;
import dev.tactus.music.Recording;
import dev.tactus.music.identifiers.Isrc;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchedDaysTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-20");

    @TempDir
    private Path folder;

    @Test
    void areThoseOfPublishedRunsOfTheSourceAndNoGapBetweenThem() {
        try (Ledger ledger = Ledger.open(folder.resolve("ledger.db"), InstantSource.system())) {
            ledger.recordings()
                    .replaceWith(
                            "hash",
                            List.of(Recording.of(new Isrc("USUM72409273"))).iterator());
            run(ledger, "spotify", RunState.FINISHED, DAY, DAY.plusDays(2));
            run(ledger, "spotify", RunState.FAILED, DAY.plusDays(3));
            run(ledger, "deezer", RunState.FINISHED, DAY.plusDays(4));
            run(ledger, "spotify", RunState.INCOMPLETE, DAY.plusDays(5));
            run(ledger, "spotify", RunState.FINISHED, DAY.minusDays(9));

            assertThat(FetchedDays.since(ledger, "spotify", DAY))
                    .containsExactly(DAY, DAY.plusDays(2), DAY.plusDays(5));
        }
    }

    private static void run(Ledger ledger, String source, RunState state, LocalDate... days) {
        String run = ledger.runs()
                .start(source, days[0], days[days.length - 1], EnumSet.of(Dataset.STREAMS), "hash", "1")
                .id();
        for (LocalDate day : days) {
            ledger.items().plan(run, Dataset.STREAMS, day);
        }
        ledger.runs().state(run, state, "");
    }
}
