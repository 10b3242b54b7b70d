package dev.tactus.ledger.runs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.ledger.Samples;
import dev.tactus.ledger.StoreTest;
import dev.tactus.music.Severity;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertOutboxTest extends StoreTest {
    private String run;

    @SuppressWarnings("NullAway.Init")
    AlertOutboxTest() {}

    @BeforeEach
    void startRun() {
        run = Samples.run(ledger).id();
    }

    @Test
    void takesOneMessagePerRunReceiverKindAndSeverity() {
        ledger.alerts().enqueue(run, "alerts[0]", "drift", Severity.CRITICAL, "first");
        ledger.alerts().enqueue(run, "alerts[0]", "drift", Severity.CRITICAL, "second");
        ledger.alerts().enqueue(run, "alerts[0]", "drift", Severity.WARNING, "third");
        ledger.alerts().enqueue(run, "alerts[1]", "drift", Severity.CRITICAL, "fourth");
        assertThat(ledger.alerts().pending(3)).extracting(Alert::body).containsExactly("first", "third", "fourth");
    }

    @Test
    void keepsAMessageUntilItIsSent() {
        ledger.alerts().enqueue(run, "alerts[0]", "incomplete", Severity.WARNING, "body");
        long number = ledger.alerts().pending(3).getFirst().number();

        ledger.alerts().failed(number, "HTTP 503");
        Alert waiting = ledger.alerts().pending(3).getFirst();
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.lastError()).isEqualTo("HTTP 503");
        assertThat(waiting.createdAt()).isEqualTo(clock.instant());

        ledger.alerts().sent(number);
        assertThat(ledger.alerts().pending(3)).isEmpty();
    }

    @Test
    void givesUpAfterSoManyAttempts() {
        ledger.alerts().enqueue(run, "alerts[0]", "drift", Severity.INFO, "body");
        long number = ledger.alerts().pending(2).getFirst().number();
        ledger.alerts().failed(number, "refused");
        ledger.alerts().failed(number, "refused");
        assertThat(ledger.alerts().pending(2)).isEmpty();
        assertThat(ledger.alerts().pending(3)).hasSize(1);
    }

    @Test
    void whatIsNotedIsToldToWhoeverLooksAndSentToNobody() {
        ledger.alerts().note(run, "deadline", Severity.WARNING, "body");
        ledger.alerts().note(run, "deadline", Severity.WARNING, "once more");
        ledger.alerts().note(run, "deadline", Severity.CRITICAL, "missed");
        assertThat(ledger.alerts().pending(3)).isEmpty();

        ledger.alerts().enqueue(run, "alerts[0]", "deadline", Severity.WARNING, "body");
        ledger.alerts().enqueue(run, "alerts[1]", "deadline", Severity.WARNING, "body");
        ledger.alerts().sent(ledger.alerts().pending(3).getFirst().number());

        assertThat(ledger.alerts().told(10))
                .containsExactly(
                        new ToldAlert(run, "deadline", Severity.CRITICAL, "missed", clock.instant(), 0, 0),
                        new ToldAlert(run, "deadline", Severity.WARNING, "body", clock.instant(), 2, 1));
        assertThat(ledger.alerts().told(1)).hasSize(1);
    }
}
