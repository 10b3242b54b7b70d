package dev.tactus.console.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.console.config.Configuration;
import dev.tactus.console.config.SourceConfiguration;
import dev.tactus.music.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunOptionsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T05:00:00Z");

    private final RunOptions choice = new RunOptions();

    @TempDir
    Path folder;

    @Test
    void takesAllDatasetsOfTheSourceUnlessSomeAreNamed() {
        Set<Dataset> all = EnumSet.allOf(Dataset.class);

        assertThat(choice.datasets(all)).isEqualTo(all);
        choice.datasets = List.of("streams", "tracks");
        assertThat(choice.datasets(all)).containsExactlyInAnyOrder(Dataset.STREAMS, Dataset.TRACKS);
    }

    @Test
    void refusesDatasetsThatTheSourceHasNot() {
        choice.datasets = List.of("streams");
        assertThatThrownBy(() -> choice.datasets(EnumSet.of(Dataset.TRACKS)))
                .hasMessage("--datasets: this source has no streams, only tracks");

        choice.datasets = List.of("stream");
        assertThatThrownBy(() -> choice.datasets(EnumSet.allOf(Dataset.class)))
                .hasMessageContaining("tracks, streams and listeners");
    }

    @Test
    void takesTodayButNoLaterDay() {
        choice.day = LocalDate.of(2026, 11, 22);
        assertThatCode(() -> choice.checkDays(NOW)).doesNotThrowAnyException();

        choice.day = LocalDate.of(2026, 11, 23);
        assertThatThrownBy(() -> choice.checkDays(NOW)).hasMessage("2026-11-23 is in the future");
    }

    @Test
    void refusesHalfARange() {
        choice.from = LocalDate.of(2026, 11, 1);
        assertThatThrownBy(() -> choice.checkDays(NOW)).hasMessage("--from and --to must be given together");

        choice.to = LocalDate.of(2026, 10, 1);
        assertThatThrownBy(() -> choice.checkDays(NOW)).hasMessage("--to 2026-10-01 is before --from 2026-11-01");
    }

    @ParameterizedTest
    @CsvSource({
        "06:00Z,      2026-11-22T06:00:00Z",
        "05:00Z,      2026-11-23T05:00:00Z",
        "04:30Z,      2026-11-23T04:30:00Z",
        "06:30+01:00, 2026-11-22T05:30:00Z",
        "02:00-05:00, 2026-11-22T07:00:00Z"
    })
    void theDeadlineIsTheNextTimeItStrikes(String time, Instant next) throws IOException {
        Path file = folder.resolve("tactus.yaml");
        Files.writeString(file, """
            version: 1
            catalog: catalog.csv
            sources: {deezer: {profile: deezer, deadline: "%s"}}
            """.formatted(time));
        SourceConfiguration source = Configuration.read(file, variable -> null).source(null);

        assertThat(RunOptions.deadline(NOW, source)).contains(next);
    }
}
