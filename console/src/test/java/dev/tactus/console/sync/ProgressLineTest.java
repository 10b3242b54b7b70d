package dev.tactus.console.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.ProgressReport.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream terminal = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void tellsDoneRateQuotaRateLimitedAndTheTimeLeft() {
        assertThat(ProgressLine.text(report(1_234)))
                .isEqualTo("fetching  1,234 of 150,000 items (0.8 %)  1,300 requests, 178/min  quota 99 % used"
                        + "  rate-limited 2  postponed 5  ETA 2 h 10 min");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        100 | fetching  1,234 of 150,000 items (0.8 %)  1,300 requests, 178/min  rate-limited 2  ETA 2 h 10 min
        80  | 1,234 of 150,000 items (0.8 %)  1,300 requests, 178/min  ETA 2 h 10 min
        50  | 1,234 of 150,000 items (0.8 %)  ETA 2 h 10 min
        40  | 1,234 of 150,000 items (0.8 %)
        20  | 1,234 of 150,000 ite
        """)
    void aNarrowTerminalGetsWhatMattersMost(int width, String line) {
        assertThat(ProgressLine.fitting(report(1_234), width)).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 80, 118, 200})
    void whatIsDrawnIsNarrowerThanTheTerminal(int columns) {
        ProgressLine progress = new ProgressLine(terminal, columns, lines::add, nanos::get);

        progress.update(report(1_234));

        String drawn = written().replaceAll("\\u001b\\[[?]?[0-9]*[A-Za-z]|\\r", "");
        assertThat(drawn.length()).isLessThan(columns);
        assertThat(written())
                .as("a terminal that has become narrower since must not wrap, and wraps again afterwards")
                .contains("\u001b[?7l" + drawn + "\u001b[?7h");
    }

    @Test
    void writesAPlainLineEveryTenSecondsIntoAPipe() {
        ProgressLine progress = new ProgressLine(terminal, 0, lines::add, nanos::get);

        for (int second = 1; second <= 25; second++) {
            nanos.set(Duration.ofSeconds(second).toNanos());
            progress.update(report(second));
        }

        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("fetching"));
        assertThat(written()).isEmpty();
    }

    @Test
    void redrawsOneLineOnATerminalAndTakesItAwayForAMessage() {
        ProgressLine progress = new ProgressLine(terminal, 80, lines::add, nanos::get);

        progress.update(report(1));
        progress.update(report(2));
        progress.say("something happened");

        assertThat(written()).doesNotContain("\n").endsWith("\r\u001b[K");
        assertThat(lines).containsExactly("something happened");
    }

    private String written() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static ProgressReport report(long done) {
        return new ProgressReport(
                Phase.FETCHING,
                done,
                150_000,
                5,
                1_300,
                2,
                178.2,
                OptionalDouble.of(0.99),
                Optional.of(Duration.ofMinutes(130)));
    }
}
