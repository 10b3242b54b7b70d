package dev.tactus.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.layout.PeriodFormat;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportingPeriodTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-10|2026-10-01|2026-10-31",
                "2026-Q4|2026-10-01|2026-12-31",
                "2026|2026-01-01|2026-12-31",
                "2026-10-05|2026-10-05|2026-10-05",
                "2026-10-01..2026-11-04|2026-10-01|2026-11-04",
            })
    void isWrittenAsItIsRead(String text, String start, String end) {
        ReportingPeriod period = ReportingPeriod.parse(text).orElseThrow();
        assertThat(period.start()).hasToString(start);
        assertThat(period.end()).hasToString(end);
        assertThat(period).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "yyyy-MM-dd|2026-10-05|2026-10-05",
                "yyyy-MM|2026-10|2026-10",
                "yyyyMMdd|20261005|2026-10-05",
                "yyyyMM|202610|2026-10",
                "M/d/yyyy|10/5/2026|2026-10-05",
                "dd/MM/yyyy|05/10/2026|2026-10-05",
                "M/d/yy|9/1/26|2026-09-01",
                "M/d/yy h:mma|1/2/20 4:49am|2020-01-02",
                "d/M/yyyy h:mm:ss a|31/07/2026 00:00|2026-07-31",
                "M/d/yyyy h:mm:ss a|7/31/2026 13:05:00|2026-07-31",
                "M/d/yyyy|7/31/2026 0:00|2026-07-31",
                "yyyy-MM-dd|2026-07-31T10:00:00.000Z|2026-07-31",
                "MMMM yyyy|october 2026|2026-10",
                "MMM-yy|Oct-26|2026-10",
                "yy-MM|25-01|2025-01",
                "yyyy-'Q'q|2015-Q4|2015-Q4",
                "yyyy|2026|2026",
            })
    void readsTheFormatsOfReports(String format, String text, String period) {
        assertThat(PeriodFormat.of(format, Locale.US).parse(text))
                .hasValueSatisfying(p -> assertThat(p).hasToString(period));
    }

    @Test
    void takesNoDayThatIsNone() {
        assertThat(PeriodFormat.of("yyyy-MM-dd", Locale.US).parse("2026-02-30")).isEmpty();
        assertThat(PeriodFormat.of("M/d/yyyy", Locale.US).parse("13/1/2026")).isEmpty();
        assertThat(PeriodFormat.of("yyyy-MM", Locale.US).parse("2026-10-05")).isEmpty();
    }

    @Test
    void refusesAFormatThatTellsNoPeriod() {
        assertThatThrownBy(() -> PeriodFormat.of("dd", Locale.US)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PeriodFormat.of("nonsense", Locale.US)).isInstanceOf(IllegalArgumentException.class);
        assertThat(ReportingPeriod.parse("2026-13")).isEmpty();
        assertThat(ReportingPeriod.parse("2026-10..2026-09")).isEmpty();
    }
}
