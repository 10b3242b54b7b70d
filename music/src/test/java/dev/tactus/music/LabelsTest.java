package dev.tactus.music;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Datasets and severities by the names that files, flags and tables use.
class LabelsTest {
    @ParameterizedTest
    @EnumSource
    void aDatasetIsReadByItsLabel(Dataset dataset) {
        assertThat(dataset.label()).isEqualTo(dataset.name().toLowerCase(java.util.Locale.ROOT));
        assertThat(Dataset.parse(" " + dataset.name() + " ")).isEqualTo(dataset);
    }

    @ParameterizedTest
    @EnumSource
    void aSeverityIsReadByItsLabel(Severity severity) {
        assertThat(severity.label()).isEqualTo(severity.name().toLowerCase(java.util.Locale.ROOT));
        assertThat(Severity.parse(" " + severity.name() + " ")).isEqualTo(severity);
    }

    @Test
    void whatARecordingIsHasNoDay() {
        assertThat(Dataset.values()).filteredOn(Dataset::isDaily).containsExactly(Dataset.STREAMS, Dataset.LISTENERS);
    }

    @Test
    void anUnknownLabelIsRefusedWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.parse("plays"))
                .withMessage("'plays' is not a dataset; there are tracks, streams and listeners");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Severity.parse("fatal"))
                .withMessage("'fatal' is not a severity; there are info, warning and critical");
    }

    @Test
    void aLabelOfFortyCharactersIsShownWholeAndALongerOneCut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.parse("x".repeat(40)))
                .withMessageStartingWith("'" + "x".repeat(40) + "'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dataset.parse("x".repeat(41)))
                .withMessageStartingWith("'" + "x".repeat(40) + "…'");
    }
}
