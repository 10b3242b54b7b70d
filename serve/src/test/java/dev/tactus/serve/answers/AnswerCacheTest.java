package dev.tactus.serve.answers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.serve.FakeCommands;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AnswerCacheTest {
    private static final List<String> RUNS = List.of("runs", "list");

    private final FakeCommands commands = new FakeCommands().on("runs list", "{\"runs\":[]}");
    private final AtomicReference<String> mark = new AtomicReference<>("1");
    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> background = new ArrayList<>();
    private final AnswerCache cache = new AnswerCache(commands, _ -> mark.get(), nanos::get, background::add);

    @Test
    void asksAgainWhenSomethingHasChanged() {
        cache.read(RUNS);
        cache.read(RUNS);
        assertThat(commands.asked).hasSize(1);

        mark.set("2");
        commands.on("runs list", "{\"runs\":[1]}");
        assertThat(cache.read(RUNS).body().path("runs").size()).isEqualTo(1);
        assertThat(commands.asked).hasSize(2);
    }

    @Test
    void anOldAnswerIsGivenOnceMoreAndAskedAgainInTheBackground() {
        cache.read(RUNS);
        nanos.addAndGet(60_000_000_000L);
        commands.on("runs list", "{\"runs\":[1]}");

        assertThat(cache.read(RUNS).body().path("runs").size()).isZero();
        assertThat(background).hasSize(1);
        background.getFirst().run();
        assertThat(cache.read(RUNS).body().path("runs").size()).isEqualTo(1);
    }

    @Test
    void aFailureIsNotKept() {
        commands.on("runs list", 1, "{\"error\":\"busy\"}");
        assertThat(cache.read(RUNS).error()).isEqualTo("busy");
        commands.on("runs list", "{\"runs\":[]}");

        assertThat(cache.read(RUNS).isResult()).isTrue();
    }
}
