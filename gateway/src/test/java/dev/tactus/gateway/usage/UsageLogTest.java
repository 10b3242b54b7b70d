package dev.tactus.gateway.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.database.DatabaseLocked;
import dev.tactus.database.DatabaseTooNew;
import dev.tactus.database.ForeignFile;
import dev.tactus.gateway.ManualClock;
import dev.tactus.gateway.state.RefusalRecord;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.ledger.Ledger;
import dev.tactus.limits.Limit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageLogTest {
    private static final MeteredLimit QUOTA = new MeteredLimit("quota", Limit.parse("1000/60s"));
    private static final MeteredLimit DAILY = new MeteredLimit("daily", Limit.parse("1000/d"));
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final long MINUTE = START.getEpochSecond() / 60;

    private final ManualClock clock = new ManualClock("2026-11-22T10:00:00Z");

    @TempDir
    private Path folder;

    private StateFile file;

    @BeforeEach
    void open() {
        file = StateFile.open(folder.resolve("gateway.db"), clock);
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void addsUpWhatIsCountedInOneMinuteAndTellsTheShareUsed() {
        file.usage().add(List.of(counted("radio", MINUTE, 400, 0)));
        file.usage().add(List.of(counted("radio", MINUTE, 240, 60)));

        UsageRow row = rows(Optional.of("radio"), 1).getFirst();
        assertThat(row.totals().admitted()).isEqualTo(640);
        assertThat(row.totals().refused()).isEqualTo(60);
        UsageRow.OfLimit daily = row.limits().getFirst();
        UsageRow.OfLimit quota = row.limits().getLast();
        assertThat(quota.share()).isEqualTo(0.64);
        assertThat(quota.busiestMinute()).isEqualTo(0.64);
        assertThat(quota.refused()).isEqualTo(60);
        assertThat(daily.share())
                .as("of its permits, as its window is longer than a minute")
                .isEqualTo(0.64);
    }

    @Test
    void sumsUpHoursAndKeepsTheBusiestMinute() {
        for (int minute = 0; minute < 120; minute++) {
            file.usage().add(List.of(counted("radio", MINUTE + minute, minute == 70 ? 1000 : 100, 1)));
        }
        List<UsageRow> before = rows(Optional.empty(), 60);

        file.usage().roll(START.plus(UsageLog.MINUTES_KEPT).plus(Duration.ofMinutes(90)));
        assertThat(rows(Optional.empty(), 60)).isEqualTo(before);
        assertThat(rows(Optional.empty(), 1)).as("an hour and 60 minutes").hasSize(61);

        file.usage().roll(START.plus(UsageLog.MINUTES_KEPT).plus(Duration.ofDays(3)));
        assertThat(rows(Optional.empty(), 60)).isEqualTo(before);
        assertThat(rows(Optional.empty(), 1)).hasSize(2);
        UsageRow.OfLimit quota = before.getLast().limits().getLast();
        assertThat(quota.share()).isEqualTo((59 * 100 + 1000) / 60_000.0);
        assertThat(quota.busiestMinute()).isEqualTo(1.0);
    }

    @Test
    void dropsHoursAndDaysThatAreKeptNoLonger() {
        file.usage().add(List.of(counted("radio", MINUTE, 1, 0)));
        assertThat(file.days().has("radio")).isTrue();
        Instant later = START.plus(UsageLog.HOURS_KEPT).plus(Duration.ofDays(2));
        file.usage().roll(later);
        assertThat(rows(Optional.empty(), 60)).isEmpty();
        assertThat(file.days().has("radio")).isFalse();
    }

    @Test
    void tellsApplicationsApartAndRefusesToReadMoreThanAsked() {
        file.usage().add(List.of(counted("radio", MINUTE, 1, 0), counted("tv", MINUTE, 2, 0)));
        assertThat(rows(Optional.of("tv"), 1))
                .singleElement()
                .satisfies(row -> assertThat(row.totals().admitted()).isEqualTo(2));
        assertThat(file.usage().read(Optional.empty(), START, START.plusSeconds(60), 1, 1))
                .isEmpty();
    }

    @Test
    void countsDaysInUtc() {
        long midnight = Instant.parse("2026-11-23T00:00:00Z").getEpochSecond() / 60;
        file.usage().add(List.of(counted("radio", midnight - 1, 1, 2), counted("radio", midnight, 3, 4)));
        assertThat(file.days()
                        .between(
                                "radio",
                                UsageLog.day(START),
                                UsageLog.day(START).plusDays(1)))
                .extracting(RefusalRecord::refused)
                .containsExactly(2L, 4L);
    }

    @Test
    void isHeldByOneGatewayAtATime() {
        assertThatThrownBy(() -> StateFile.open(folder.resolve("gateway.db"), clock))
                .isInstanceOf(DatabaseLocked.class)
                .hasMessageContaining("gateway state")
                .hasMessageContaining("is held by process");
    }

    @Test
    void refusesALedgerAndAFileOfANewerVersion() throws Exception {
        Path ledger = folder.resolve("ledger.db");
        Ledger.open(ledger, clock).close();
        assertThatThrownBy(() -> StateFile.open(ledger, clock))
                .isInstanceOf(ForeignFile.class)
                .hasMessageContaining("not a Tactus gateway state")
                .hasMessageContaining("`state:`");

        Path newer = folder.resolve("newer.db");
        StateFile.open(newer, clock).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + newer);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        byte[] before = Files.readAllBytes(newer);
        assertThatThrownBy(() -> StateFile.open(newer, clock))
                .isInstanceOf(DatabaseTooNew.class)
                .hasMessageContaining("version 99");
        assertThat(newer).hasBinaryContent(before);
    }

    private List<UsageRow> rows(Optional<String> application, int period) {
        return file.usage()
                .read(application, START, START.plus(Duration.ofDays(1)), period, 1000)
                .orElseThrow();
    }

    private static MinuteUsage counted(String application, long minute, long admitted, long refused) {
        return new MinuteUsage(
                application,
                minute,
                admitted,
                refused,
                0,
                List.of(new LimitCounts(QUOTA, admitted, refused, 0), new LimitCounts(DAILY, admitted, 0, 0)));
    }
}
