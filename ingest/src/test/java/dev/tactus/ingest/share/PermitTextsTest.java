package dev.tactus.ingest.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.QuotaFeedback;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.Permit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What processes tell each other of permits, as lines in the ledger.
class PermitTextsTest {
    private static Permit.Outcome again(Permit.Outcome outcome) {
        return PermitOutcomeText.read(PermitOutcomeText.write(outcome));
    }

    @Test
    void outcomesWithoutAnAnswerComeBack() {
        assertThat(again(new Permit.Outcome.Lost())).isEqualTo(new Permit.Outcome.Lost());
        assertThat(again(new Permit.Outcome.Unused())).isEqualTo(new Permit.Outcome.Unused());
    }

    @ParameterizedTest
    @EnumSource(Feedback.Verdict.class)
    void anAnswerThatSaysNothingMoreComesBack(Feedback.Verdict verdict) {
        Permit.Outcome said = new Permit.Outcome.Answered(new Feedback(
                verdict,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                QuotaFeedback.NONE));
        assertThat(again(said)).isEqualTo(said);
    }

    @Test
    void anAnswerThatSaysEverythingComesBack() {
        for (OptionalInt burst : new OptionalInt[] {OptionalInt.of(40), OptionalInt.empty()}) {
            Permit.Outcome said = new Permit.Outcome.Answered(new Feedback(
                    Feedback.Verdict.REFUSED,
                    Optional.of(Duration.ofNanos(1_500_000_001)),
                    Optional.of(new Limit(180, Duration.ofSeconds(60))),
                    OptionalInt.of(180),
                    OptionalInt.of(0),
                    Optional.of(Duration.ZERO),
                    new QuotaFeedback(
                            OptionalDouble.of(2.5),
                            Optional.of(new QuotaFeedback.BucketRate(new Limit(2, Duration.ofSeconds(1)), burst)),
                            OptionalInt.of(10),
                            Optional.of("a partition with spaces - and more"))));
            assertThat(again(said)).isEqualTo(said);
        }
    }

    @Test
    void aWaitOfAgesIsNoOverflow() {
        Permit.Outcome said = new Permit.Outcome.Answered(Feedback.throttled(Optional.of(Duration.ofDays(1_000_000))));
        assertThat(again(said))
                .isEqualTo(
                        new Permit.Outcome.Answered(Feedback.throttled(Optional.of(Duration.ofNanos(Long.MAX_VALUE)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "kept", "ACCEPTED - - - - - - - -", "FINE - - - - - - - - -", "ACCEPTED x - - - - - - - -"})
    void whatIsNoOutcomeIsRefused(String line) {
        assertThatThrownBy(() -> PermitOutcomeText.read(line)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPauseComesBack() {
        Admission.Paused paused = new Admission.Paused(
                "/v1/search", Instant.parse("2026-11-21T06:00:00.123Z"), "it said so: wait an hour");
        assertThat(PauseText.read(PauseText.write(paused))).isEqualTo(paused);
    }
}
