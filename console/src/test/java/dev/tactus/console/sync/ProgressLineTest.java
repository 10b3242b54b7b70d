package dev.tactus.console.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.console.output.Console;
import dev.tactus.ingest.run.ProgressReport;
import dev.tactus.ingest.run.ProgressReport.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void tellsDoneRateQuotaThrottledAndTheTimeLeft() {
        assertThat(ProgressLine.text(report(1_234)))
                .isEqualTo(
                        "fetching  1,234 of 150,000 items (0.8 %)  1,300 calls, 178/min, quota 99 % used  throttled 2"
                                + "  parked 5  ETA 2 h 10 min");
    }

    @Test
    void writesAPlainLineEveryTenSecondsIntoAPipe() {
        ProgressLine progress = new ProgressLine(console(), false, lines::add, nanos::get);

        for (int second = 1; second <= 25; second++) {
            nanos.set(Duration.ofSeconds(second).toNanos());
            progress.update(report(second));
        }

        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("fetching"));
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void redrawsOneLineOnATerminalAndTakesItAwayForAMessage() {
        ProgressLine progress = new ProgressLine(console(), true, lines::add, nanos::get);

        progress.update(report(1));
        progress.update(report(2));
        progress.say("something happened");

        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("\n").endsWith("\r\u001b[K");
        assertThat(lines).containsExactly("something happened");
    }

    private Console console() {
        return new Console(
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                name -> null,
                InstantSource.system(),
                true);
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
