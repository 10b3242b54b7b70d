package dev.tactus.gateway.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitPreferenceTest {
    private static final Duration USUAL = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "wait=10 | 10",
                "respond-async, wait=10 | 10",
                "wait=\"7\" | 7",
                "Wait = 5 ; foo | 5",
                "handling=lenient, wait=20, respond-async | 20",
                "wait=0 | 0",
                "wait=99999 | 3600",
            })
    void readsWhatACallerPrefers(String prefer, long seconds) {
        assertThat(WaitPreference.of(List.of(prefer), USUAL).lasts()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(WaitPreference.of(List.of("return=minimal", prefer, "wait=30"), USUAL)
                        .preferred())
                .as("the first counts")
                .contains(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"wait", "wait=", "wait=-1", "wait=soon", "await=10", "x-wait=10", "return=minimal"})
    void passesOverWhatItCannotRead(String prefer) {
        assertThat(WaitPreference.of(List.of(prefer), USUAL).lasts()).isEqualTo(USUAL);
        assertThat(WaitPreference.of(List.of(prefer), USUAL).preferred()).isEmpty();
    }

    @Test
    void waitsAsConfiguredWhereNothingIsSaid() {
        assertThat(WaitPreference.of(List.of(), USUAL)).isEqualTo(new WaitPreference(USUAL, Optional.empty()));
    }
}
