package dev.tactus.reports.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;

class ColumnNameTest {
    private static ColumnName name(String written) {
        return ColumnName.of("", written);
    }

    @Test
    void fitsAHeadingWhateverItsCaseAndSpacing() {
        assertThat(name("Net  Revenue").in(List.of("x", "\uFEFF net\u00a0REVENUE ")))
                .contains(1);
        assertThat(name("Net").in(List.of("Net Revenue"))).isEmpty();
        assertThat(name("a").in(List.of("A", "a"))).as("the first one").contains(0);
    }

    @Test
    void aPatternBetweenSlashesFitsWholeHeadings() {
        assertThat(name("/quantit.s?/").in(List.of("x", "Quantité"))).contains(1);
        assertThat(name("/quant/").in(List.of("quantity"))).isEmpty();
        assertThat(name("//").in(List.of("//"))).as("too short to be a pattern").contains(0);
        assertThat(name("/x").in(List.of("/x"))).contains(0);
        assertThat(name("x/").in(List.of("x/"))).contains(0);
        assertThatThrownBy(() -> name("/(/")).isInstanceOf(PatternSyntaxException.class);
    }

    @Test
    void aPlaceIsCountedFromOne() {
        assertThat(name("#1").in(List.of("a"))).contains(0);
        assertThat(name("#9999").in(List.of())).contains(9998);
        assertThat(name("#0").in(List.of("#0"))).contains(0);
        assertThat(name("#12345").in(List.of("a"))).isEmpty();
    }

    @Test
    void aPatternsFirstGroupIsFoundInTheHeadings() {
        assertThat(name("/Net \\(([A-Z]{3})\\)/").found(List.of("x", " Net (EUR) ")))
                .contains("EUR");
        assertThat(name("/Net(x)?/").found(List.of("Net"))).isEmpty();
        assertThat(name("/Net/").found(List.of("Net"))).as("no group").isEmpty();
        assertThat(name("Net").found(List.of("Net"))).as("no pattern").isEmpty();
    }

    @Test
    void isWrittenWithWhatItIsAColumnOf() {
        assertThat(name("Net")).hasToString("net");
        assertThat(ColumnName.of("preamble", "start")).hasToString("preamble.start");
    }
}
