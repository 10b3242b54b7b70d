package dev.tactus.limits.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tactus.limits.Limit;
import dev.tactus.limits.PacerSettings;
import dev.tactus.limits.ScopedLimit;
import dev.tactus.limits.Ticker;
import dev.tactus.limits.observation.CallOutcome;
import dev.tactus.limits.observation.PacerListener;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// What holds of every paced client, shown by real requests to a real server on this machine.
public abstract class PacedClientContract {

    /// A client of whatever kind.
    public interface PacedClient extends AutoCloseable {
        /// Sends a GET and says what status came back.
        int send(URI uri) throws Exception;

        @Override
        default void close() throws IOException {}
    }

    /// A client that is paced by this pacer.
    protected abstract PacedClient client(Pacer pacer);

    private static Pacer pacer() {
        PacerSettings settings = new PacerSettings(
                List.of(new ScopedLimit("token", Limit.parse("4/500ms"))),
                List.of("/v1/search"),
                Duration.ofMinutes(1),
                Duration.ofSeconds(2));
        return new Pacer(settings, Ticker.system(), InstantSource.system());
    }

    @Test
    void noWindowHasMoreThanTheLimit() throws Exception {
        try (LimitedApi api = new LimitedApi();
                Pacer pacer = pacer();
                PacedClient client = client(pacer);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int call = 0; call < 10; call++) {
                answers.add(callers.submit(() -> client.send(api.at("/v1/search?q=a"))));
            }
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(200);
            }
            assertThat(api.requests()).isEqualTo(10);
            assertThat(api.most(Duration.ofMillis(500))).isLessThanOrEqualTo(4);
            assertThat(pacer.report()).allMatch(scope -> scope.granted() == 10);
        }
    }

    @Test
    void aRefusalIsReturnedAndPausesWhatComesNext() throws Exception {
        try (LimitedApi api = new LimitedApi();
                Pacer pacer = pacer();
                PacedClient client = client(pacer)) {
            assertThat(client.send(api.at("/refused"))).isEqualTo(429);
            assertThatThrownBy(() -> client.send(api.at("/refused")))
                    .satisfies(thrown -> assertThat(root(thrown)).isInstanceOf(CallPause.class));
            assertThat(api.requests()).isEqualTo(1);
        }
    }

    @Test
    void aCallWithoutAnAnswerKeepsItsSlotAndNoMore() throws Exception {
        try (LimitedApi api = new LimitedApi();
                Pacer pacer = pacer();
                PacedClient client = client(pacer)) {
            List<CallOutcome> outcomes = new CopyOnWriteArrayList<>();
            pacer.addListener(new PacerListener() {
                @Override
                public void ended(String scope, CallOutcome outcome, Duration took) {
                    outcomes.add(outcome);
                }
            });
            URI gone = api.at("/");
            api.stop();
            assertThatThrownBy(() -> client.send(gone))
                    .satisfies(thrown -> assertThat(root(thrown)).isInstanceOf(IOException.class));
            assertThat(pacer.report())
                    .filteredOn(scope -> scope.scope().equals("token"))
                    .allMatch(scope -> scope.granted() == 1 && scope.used() == 1);
            assertThat(outcomes).containsExactly(CallOutcome.LOST);
        }
    }

    private static Throwable root(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
