package dev.tactus.reports.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.reports.ReportField;
import dev.tactus.reports.ReportingPeriod;
import dev.tactus.reports.csv.RowView;
import dev.tactus.reports.layout.FieldRule;
import dev.tactus.reports.layout.FieldRule.PeriodUnit;
import dev.tactus.reports.layout.PeriodFormat;
import dev.tactus.reports.rows.BoundField.FieldPlace;
import dev.tactus.reports.rows.Conversion.UnusableValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BoundFieldTest {
    private static final List<FieldPlace> BOTH = List.of(new FieldPlace(0, 0), new FieldPlace(1, 1));

    private static FieldRule rule(
            Optional<String> otherwise, Optional<String> pattern, Optional<PeriodUnit> whole, String... formats) {
        return new FieldRule(
                List.of(),
                Optional.empty(),
                Optional.empty(),
                java.util.Arrays.stream(formats)
                        .map(f -> PeriodFormat.of(f, Locale.US))
                        .toList(),
                Map.of("one", "1"),
                otherwise,
                pattern.map(Pattern::compile),
                whole,
                false);
    }

    private static FieldRule plain() {
        return rule(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static BoundField field(FieldRule rule, String constant) {
        return new BoundField(ReportField.USAGE, rule, Set.of("", "n/a"), BOTH, constant);
    }

    private static RowView[] rows(String first, String second) {
        return new RowView[] {RowView.of(List.of(first)), RowView.of(List.of("x", second))};
    }

    @Test
    void theFirstColumnThatHasAValueCounts() {
        assertThat(field(plain(), "c").text(rows("a", "b"))).isEqualTo("a");
        assertThat(field(plain(), "c").text(rows("N/A", "b"))).isEqualTo("b");
        assertThat(field(plain(), "c").text(rows("", ""))).isEqualTo("c");
        assertThat(field(plain(), "c").isConstant()).isFalse();
        assertThat(new BoundField(ReportField.USAGE, plain(), Set.of(), List.of(), "c").isConstant())
                .isTrue();
    }

    @Test
    void aPatternTellsTheValueWithinTheCell() {
        FieldRule grouped = rule(Optional.empty(), Optional.of("no\\. ([0-9]+)(x)?"), Optional.empty());
        assertThat(field(grouped, "").text(rows("the no. 12 of", ""))).isEqualTo("12");
        assertThat(field(grouped, "").text(rows("nothing", ""))).isEmpty();
        assertThat(field(rule(Optional.empty(), Optional.of("[0-9]+"), Optional.empty()), "")
                        .text(rows("12", "")))
                .as("a pattern without a group has no value")
                .isEmpty();
        assertThat(field(rule(Optional.empty(), Optional.of("a(b)?"), Optional.empty()), "")
                        .text(rows("a", "")))
                .isEmpty();
    }

    @Test
    void aMapTellsWhatTheTextMeans() {
        assertThat(field(plain(), "").mapped(rows("ONE", ""))).isEqualTo("1");
        assertThat(field(plain(), "").mapped(rows("two", ""))).isEqualTo("two");
        FieldRule otherwise = rule(Optional.of("other"), Optional.empty(), Optional.empty());
        assertThat(field(otherwise, "").mapped(rows("two", ""))).isEqualTo("other");
        assertThat(field(otherwise, "").mapped(rows("", ""))).isEmpty();
    }

    @Test
    void aPeriodIsReadInTheFirstFormatThatFits() throws UnusableValue {
        BoundField field =
                field(rule(Optional.empty(), Optional.empty(), Optional.empty(), "yyyy-MM", "yyyy-MM-dd"), "");
        assertThat(field.period(rows("2026-02", "")))
                .map(ReportingPeriod::toString)
                .contains("2026-02");
        assertThat(field.period(rows("2026-02-03", "")))
                .map(ReportingPeriod::toString)
                .contains("2026-02-03");
        assertThat(field.period(rows("", ""))).isEmpty();
        assertThatThrownBy(() -> field.period(rows("2026/02", "")))
                .hasMessage("'2026/02' does not match the format yyyy-MM or yyyy-MM-dd");
        assertThat(field(plain(), "").period(rows("2026-Q1", "")))
                .map(ReportingPeriod::toString)
                .contains("2026-Q1");
    }

    @Test
    void aDayMayStandForItsMonthQuarterOrYear() throws UnusableValue {
        assertThat(whole(PeriodUnit.MONTH, "2026-02-03")).isEqualTo("2026-02");
        assertThat(whole(PeriodUnit.QUARTER, "2026-03-31")).isEqualTo("2026-Q1");
        assertThat(whole(PeriodUnit.QUARTER, "2026-04-01")).isEqualTo("2026-Q2");
        assertThat(whole(PeriodUnit.QUARTER, "2026-12-31")).isEqualTo("2026-Q4");
        assertThat(whole(PeriodUnit.YEAR, "2026-06-15")).isEqualTo("2026");
    }

    private static String whole(PeriodUnit unit, String day) throws UnusableValue {
        FieldRule rule = rule(Optional.empty(), Optional.empty(), Optional.of(unit), "yyyy-MM-dd");
        return field(rule, "").period(rows(day, "")).orElseThrow().toString();
    }

    @Test
    void aZeroCountsOnlyWhereNoOtherColumnHasAValue() {
        BoundField field = field(plain(), "");
        assertThat(field.first(rows("5", "6"))).isZero();
        assertThat(field.first(rows("0.0", "6"))).isEqualTo(1);
        assertThat(field.first(rows("0,00", ""))).isZero();
        assertThat(field.first(rows("0", "0"))).isZero();
        assertThat(field.first(rows("", "0"))).isEqualTo(1);
        assertThat(field.first(rows("", ""))).isEqualTo(-1);
        assertThat(field.holder(1)).isEqualTo(1);
        assertThat(field.column(1)).isEqualTo(1);
        BoundField alone = new BoundField(ReportField.QUANTITY, plain(), Set.of(), List.of(new FieldPlace(1, 1)), "");
        assertThat(alone.first(rows("", "0"))).isZero();
    }
}
