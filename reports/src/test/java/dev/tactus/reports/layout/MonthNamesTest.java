package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.reports.ReportingPeriod;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthNamesTest {
    private static Optional<ReportingPeriod> read(String format, String text) {
        return PeriodFormat.of(format, Locale.US).parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "MMM yy, Okt 26, 2026-10",
        "MMM yy, Okt. 26, 2026-10",
        "MMM yyyy, Mai 2026, 2026-05",
        "MMM yyyy, Dez 2026, 2026-12",
        "MMM yyyy, MÄR 2026, 2026-03",
        "MMMM yyyy, März 2026, 2026-03",
        "MMMM yyyy, août 2026, 2026-08",
        "MMM-yy, déc.-25, 2025-12",
        "MMM-yy, févr.-26, 2026-02",
        "MMMM yyyy, Enero 2026, 2026-01",
        "MMM yyyy, sept 2026, 2026-09",
        "MMM yyyy, ago 2026, 2026-08",
        "MMM yyyy, Oct 2026, 2026-10",
        "MMMM yyyy, outubro 2026, 2026-10"
    })
    void monthsAreReadInWhateverLanguageAStatementHasThem(String format, String text, String month) {
        assertThat(read(format, text)).map(ReportingPeriod::toString).contains(month);
    }

    @Test
    void whatIsNoMonthStaysNone() {
        assertThat(read("MMM yyyy", "Okto 2026")).isEmpty();
        assertThat(read("MMM yyyy", "Net 2026")).isEmpty();
        assertThat(read("MMM yyyy", "Dez")).isEmpty();
    }

    @Test
    void theTemplateKnowsThemToo() {
        assertThat(InferredColumn.of(List.of("Monat"), List.of(List.of("Okt 26"), List.of("Mai 26"))))
                .singleElement()
                .satisfies(column -> assertThat(column.rule()).contains("\"MMM yy\""));
    }
}
