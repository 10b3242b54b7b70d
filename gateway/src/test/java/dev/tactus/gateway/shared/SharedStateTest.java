package dev.tactus.gateway.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.network.SharedSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SharedStateTest {
    private static final long PATIENCE_SECONDS = 20;

    /// Otherwise an application that was just created is unknown until the store has come round.
    @Test
    void whatIsChangedWhileTheStoreIsReadIsNotTakenBack() throws Exception {
        CompletableFuture<SharedState> started = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> followed = new CompletableFuture<>();
        SharedState.Book applications = new SharedState.Book("applications", Map::of, agreed -> {
            if (!followed.isDone()) {
                SharedState state = started.join();
                state.changed("applications", "tv", Optional.of("{}"));
                state.changed("applications", "radio", Optional.empty());
                state.changed("keys", "film", Optional.of("another book's"));
                followed.complete(agreed.get());
            }
        });
        try (FakeRedis store = new FakeRedis(SharedStateTest::answer);
                SharedState state = new SharedState(settings(store), List.of(applications))) {
            started.complete(state);
            assertThat(followed.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).containsOnly(Map.entry("tv", "{}"));
        }
    }

    /// A store that knows the application "radio".
    private static String answer(List<String> command) {
        return switch (command.getFirst()) {
            case "GET" -> "$1\r\n1\r\n";
            case "HGETALL" -> "*2\r\n$5\r\nradio\r\n$2\r\n{}\r\n";
            default -> ":1\r\n";
        };
    }

    static SharedSettings settings(FakeRedis store) {
        return new SharedSettings("127.0.0.1", store.port(), 0, Optional.empty(), SharedSettings.WhenLost.REFUSE);
    }
}
