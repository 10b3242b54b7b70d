package dev.tactus.gateway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.ManualClock;
import dev.tactus.gateway.state.StateFile;
import dev.tactus.gateway.usage.LimitCounts;
import dev.tactus.gateway.usage.MeteredLimit;
import dev.tactus.gateway.usage.MinuteUsage;
import dev.tactus.gateway.usage.UsageAggregator;
import dev.tactus.gateway.usage.UsageMeter;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import dev.tactus.gateway.usage.UsagePeers;
import dev.tactus.gateway.violations.ComplianceStatuses;
import dev.tactus.gateway.violations.ViolationPolicy;
import dev.tactus.limits.Limit;
import dev.tactus.limits.metering.KeyedLimiter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageFlusherTest {
    private static final MeteredLimit QUOTA = new MeteredLimit("quota", Limit.parse("1000/60s"));

    private final ManualClock clock = new ManualClock("2026-11-22T10:15:30Z");
    private final UsageMeterRegistry usage = new UsageMeterRegistry();
    private final UsageMeter meter = usage.meter("radio", List.of(QUOTA));
    private final List<MinuteUsage> seen = new ArrayList<>();

    @TempDir
    private Path folder;

    private StateFile file;
    private UsageFlusher books;

    @BeforeEach
    void open() {
        file = StateFile.open(folder.resolve("gateway.db"), clock);
        books = new UsageFlusher(
                usage,
                file,
                file.windows(new KeyedLimiter<>()),
                new ViolationPolicy(file, new ComplianceStatuses(), clock),
                seen::addAll,
                () -> {},
                now -> {},
                UsagePeers.none(),
                clock);
    }

    @AfterEach
    void close() {
        file.close();
    }

    @Test
    void keepsItsCountsWhileTheFileCannotBeWrittenAndWritesThemOnceItCan() throws Exception {
        sql("ALTER TABLE usage RENAME TO away");
        for (int second = 0; second < 5; second++) {
            meter.at(clock.nanos()).admitted();
            books.tick();
            assertThat(books.failing()).isTrue();
            clock.advance(Duration.ofSeconds(10));
        }
        sql("ALTER TABLE away RENAME TO usage");
        meter.at(clock.nanos()).admitted();
        books.tick();
        books.tick();

        assertThat(books.failing()).isFalse();
        assertThat(admitted()).isEqualTo(6);
        assertThat(seen.stream().mapToLong(MinuteUsage::admitted).sum())
                .as("metrics see each count once")
                .isEqualTo(6);
    }

    @Test
    void addsUpCountsUnderEqualLimitsOnly() {
        MeteredLimit other = new MeteredLimit("quota", Limit.parse("5000/60s"));
        MinuteUsage one = counted(QUOTA, 3);
        List<MinuteUsage> sums = UsageAggregator.together(List.of(one, counted(other, 5)), List.of(counted(QUOTA, 4)));
        assertThat(sums).containsExactlyInAnyOrder(counted(QUOTA, 7), counted(other, 5));
    }

    private static MinuteUsage counted(MeteredLimit limit, long admitted) {
        return new MinuteUsage("radio", 7, admitted, 0, 0, List.of(new LimitCounts(limit, admitted, 0, 0)));
    }

    private long admitted() {
        return file
                .usage()
                .read(Optional.empty(), Instant.parse("2026-11-22T00:00:00Z"), clock.instant(), 1, 100)
                .orElseThrow()
                .stream()
                .mapToLong(row -> row.totals().admitted())
                .sum();
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("gateway.db"));
                Statement run = connection.createStatement()) {
            run.executeUpdate(statement);
        }
    }
}
