package dev.tactus.limits.pacing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.observation.CallOutcome;
import dev.tactus.limits.observation.FlightRecorderListener;
import dev.tactus.limits.observation.PacerListener;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What listeners are told, and who goes first.
class PacerListenerTest {
    private final ManualTime time = new ManualTime();
    private final List<String> told = new ArrayList<>();

    @TempDir
    private Path folder;

    private Pacer pacer(ScopedLimit... limits) {
        PacerSettings settings =
                new PacerSettings(List.of(limits), List.of(), Duration.ofSeconds(30), Duration.ofSeconds(2));
        return new Pacer(settings, time, time, time);
    }

    private static ScopedLimit token(String limit) {
        return new ScopedLimit("token", Limit.parse(limit));
    }

    private final class Notes implements PacerListener {
        @Override
        public void granted(String scope, Duration waited) {
            told.add("granted " + scope + " after " + waited.toSeconds());
        }

        @Override
        public void paused(String scope, Instant until) {
            told.add("paused " + scope + " for "
                    + Duration.between(time.instant(), until).toSeconds());
        }

        @Override
        public void late(String scope, Duration waited) {
            told.add("late " + scope + " after " + waited.toSeconds());
        }

        @Override
        public void ended(String scope, CallOutcome outcome, Duration took) {
            told.add("ended " + scope + " " + outcome + " after " + took.toSeconds());
        }

        @Override
        public void ceilingChanged(String scope, Optional<Limit> before, Optional<Limit> now) {
            told.add("ceiling " + scope + " " + before + " " + now);
        }
    }

    @Test
    void everyCallIsToldFromItsGrantToItsEnd() throws Exception {
        try (Pacer pacer = pacer(token("1/10s"), new ScopedLimit("/v1/search", Limit.parse("5/10s")))) {
            pacer.addListener(new Notes());
            Permit first = ((Admission.Granted) pacer.acquire("/v1/search?q=a")).permit();
            time.advance(Duration.ofSeconds(1));
            first.answered(Feedback.accepted());
            pacer.enter(
                    CallRequest.to("/v1/tracks"),
                    reply -> ((Admission.Granted) reply).permit().lost());
            time.advance(Duration.ofSeconds(10));
            assertThat(told)
                    .containsExactly(
                            "granted /v1/search after 0",
                            "ended /v1/search ACCEPTED after 1",
                            "granted token after 10",
                            "ended token LOST after 0");
        }
    }

    @Test
    void whoIsTurnedAwayIsToldToo() throws Exception {
        try (Pacer pacer = pacer(token("1/10s"))) {
            pacer.addListener(new Notes());
            Permit first = ((Admission.Granted) pacer.acquire("/a")).permit();
            pacer.acquire(CallRequest.to("/a").within(Duration.ZERO));
            first.answered(Feedback.throttled(Optional.of(Duration.ofSeconds(90))));
            pacer.acquire("/a");
            assertThat(told)
                    .containsExactly(
                            "granted token after 0",
                            "late token after 0",
                            "ended token REFUSED after 0",
                            "paused token for 90");
        }
    }

    @Test
    void anotherCeilingIsToldOnce() throws Exception {
        try (Pacer pacer = pacer(token("5/10s"))) {
            pacer.addListener(new Notes());
            pacer.change(List.of(token("7/10s")));
            pacer.change(List.of(token("7/10s")));
            assertThat(told).containsExactly("ceiling token Optional[5/10s] Optional[7/10s]");
        }
    }

    @Test
    void theFlightRecorderHasTurnsCallsPausesAndCeilings() throws Exception {
        Path file = folder.resolve("pacer.jfr");
        try (Recording recording = new Recording();
                Pacer pacer = pacer(token("1/10s"))) {
            List.of("tactus.Turn", "tactus.Call", "tactus.Pause", "tactus.Ceiling")
                    .forEach(recording::enable);
            recording.start();
            pacer.addListener(new FlightRecorderListener());
            Permit first = ((Admission.Granted) pacer.acquire("/a")).permit();
            pacer.acquire(CallRequest.to("/a").within(Duration.ZERO));
            pacer.change(List.of(token("7/10s")));
            first.answered(Feedback.throttled(Optional.of(Duration.ofSeconds(90))));
            pacer.acquire("/a");
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .extracting(event -> event.getEventType().getName(), event -> event.getString("scope"))
                .containsExactlyInAnyOrder(
                        tuple("tactus.Turn", "token"),
                        tuple("tactus.Turn", "token"),
                        tuple("tactus.Ceiling", "token"),
                        tuple("tactus.Call", "token"),
                        tuple("tactus.Pause", "token"));
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("tactus.Call"))
                .extracting(event -> event.getString("outcome"))
                .containsExactly("REFUSED");
    }

    @Test
    void aListenerThatThrowsChangesNothing() throws Exception {
        try (Pacer pacer = pacer(token("5/10s"))) {
            pacer.addListener(new PacerListener() {
                @Override
                public void granted(String scope, Duration waited) {
                    throw new AssertionError("a listener's mistake");
                }
            });
            pacer.addListener(new Notes());
            assertThat(pacer.call("/a", () -> "answer")).isEqualTo("answer");
            assertThat(told).containsExactly("granted token after 0", "ended token ACCEPTED after 0");
        }
    }

    @Test
    void aHigherPriorityGoesFirstInItsLineAndAmongLines() throws Exception {
        try (Pacer pacer = pacer(token("1/10s"), new ScopedLimit("/v1/search", Limit.parse("5/10s")))) {
            pacer.call("/a", () -> "uses the only permit");
            List<String> order = new ArrayList<>();
            enter(pacer, CallRequest.to("/a"), "usual", order);
            enter(pacer, CallRequest.to("/v1/search"), "usual in another line", order);
            enter(pacer, CallRequest.to("/a").withPriority(-1), "backfill", order);
            enter(pacer, CallRequest.to("/a").by("b").withPriority(1), "urgent", order);
            enter(pacer, CallRequest.to("/v1/search").withPriority(2), "most urgent", order);
            // of the lines with the same priority the longest unserved goes first: urgent came after most urgent
            time.advance(Duration.ofMinutes(2));
            assertThat(order).containsExactly("most urgent", "urgent", "usual in another line", "usual", "backfill");
        }
    }

    @Test
    void whoLeavesAPriorityLeavesNothingBehind() throws Exception {
        try (Pacer pacer = pacer(token("1/10s"))) {
            pacer.call("/a", () -> "uses the only permit");
            List<String> order = new ArrayList<>();
            Ticket urgent = pacer.enter(CallRequest.to("/a").withPriority(1), reply -> order.add("urgent"));
            enter(pacer, CallRequest.to("/a"), "usual", order);
            assertThat(urgent.leave()).isTrue();
            time.advance(Duration.ofMinutes(1));
            assertThat(order).containsExactly("usual");
            assertThat(pacer.waiting()).isZero();
        }
    }

    @Test
    void aCallWhosePatienceIsOverIsNotSent() throws Exception {
        try (Pacer pacer = pacer(token("1/10s"))) {
            pacer.call("/a", () -> "uses the only permit");
            CallRequest impatient = CallRequest.to("/a").within(Duration.ZERO);
            assertThatThrownBy(() -> pacer.call(
                            impatient,
                            () -> {
                                throw new AssertionError("sent");
                            },
                            answer -> Feedback.accepted()))
                    .isInstanceOf(TimeoutException.class)
                    .hasMessage("/a had no turn within 0 ms");
            assertThat(pacer.callAsync(
                                    impatient,
                                    () -> {
                                        throw new AssertionError("sent");
                                    },
                                    answer -> Feedback.accepted())
                            .toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    private static void enter(Pacer pacer, CallRequest request, String name, List<String> order) {
        pacer.enter(request, reply -> {
            order.add(name);
            ((Admission.Granted) reply).permit().answered(Feedback.accepted());
        });
    }
}
