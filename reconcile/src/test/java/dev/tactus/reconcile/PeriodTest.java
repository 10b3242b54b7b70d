package dev.tactus.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        "2026-10, 2026-10-01, 2026-10-31, 31",
        "2024-02, 2024-02-01, 2024-02-29, 29",
        "2026-02, 2026-02-01, 2026-02-28, 28",
        "2026-Q4, 2026-10-01, 2026-12-31, 92",
        "2026-Q1, 2026-01-01, 2026-03-31, 90",
        "2026-10-01..2026-11-04, 2026-10-01, 2026-11-04, 35",
        "2026-10-05..2026-10-05, 2026-10-05, 2026-10-05, 1",
    })
    void readsWhatPeopleWrite(String text, LocalDate from, LocalDate to, long days) {
        Period period = Period.parse(text);
        assertThat(period).isEqualTo(new Period(from, to));
        assertThat(period.days()).isEqualTo(days);
        assertThat(period.label()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-10-01..2026-10-31, 2026-10",
        "2026-10-01..2026-12-31, 2026-Q4",
        "2026-11-01..2027-01-31, 2026-11-01..2027-01-31",
    })
    void hasOneNameForTheSameDays(String text, String label) {
        assertThat(Period.parse(text).label()).isEqualTo(label);
        assertThat(Period.parse(text)).isEqualTo(Period.parse(label));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-13",
                "2026-Q5",
                "2026-10-31..2026-10-01",
                "2026-02-30..2026-03-01",
                "october",
                "2026-10-01",
                "2026-10-01..2126-10-01",
                "26-10"
            })
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Period.parse(text))
                .isInstanceOf(BadPeriod.class)
                .hasMessageContaining("period");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01, 2025-12",
        "2026-Q1, 2025-Q4",
        "2026-03, 2026-02",
        "2026-10-01..2026-11-04, 2026-08-27..2026-09-30",
        "2026-07-01..2026-12-31, 2026-01-01..2026-06-30",
        "2026-01-01..2026-12-31, 2025-01-01..2025-12-31",
    })
    void followsOnOneOfItsKind(String text, String before) {
        assertThat(Period.parse(text).previous()).isEqualTo(Period.parse(before));
        assertThat(Period.parse(text).previous().to())
                .isEqualTo(Period.parse(text).from().minusDays(1));
    }

    @Test
    void knowsWhatLiesInsideAndWhatOnlyTouchesIt() {
        Period october = Period.parse("2026-10");
        assertThat(october.contains(Period.parse("2026-10-05..2026-10-31"))).isTrue();
        assertThat(october.contains(Period.parse("2026-Q4"))).isFalse();
        assertThat(october.overlaps(Period.parse("2026-Q4"))).isTrue();
        assertThat(october.overlaps(Period.parse("2026-10-31..2026-11-04"))).isTrue();
        assertThat(october.overlaps(Period.parse("2026-11"))).isFalse();
        assertThat(october.contains(LocalDate.parse("2026-10-31"))).isTrue();
        assertThat(october.contains(LocalDate.parse("2026-11-01"))).isFalse();
    }
}
