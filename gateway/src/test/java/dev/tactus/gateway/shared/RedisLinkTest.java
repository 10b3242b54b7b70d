package dev.tactus.gateway.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tactus.gateway.network.SharedSettings;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RedisLinkTest {
    private static final long PATIENCE_SECONDS = 20;

    private static final Duration PATIENCE = Duration.ofMillis(50);

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoop loop = group.next();
    private final CompletableFuture<Optional<RespReply>> answer = new CompletableFuture<>();
    private final AtomicInteger losses = new AtomicInteger();

    @AfterEach
    void end() throws Exception {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }

    private RedisLink connected(FakeRedis store) throws Exception {
        RedisLink link = loop.submit(() -> new RedisLink(
                        loop,
                        NioSocketChannel.class,
                        SharedStateTest.settings(store),
                        PATIENCE,
                        List.of("SCRIPT", "LOAD", "return 1"),
                        new StoreReachability(SharedStateTest.settings(store), losses::incrementAndGet)))
                .get();
        assertThat(link.begun().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return link;
    }

    /// A store that hangs must not make every request hang.
    @Test
    void aStoreThatDoesNotAnswerIsTakenForLost() throws Exception {
        try (FakeRedis store = new FakeRedis(command -> command.contains("PING") ? "" : "+OK\r\n")) {
            RedisLink link = connected(store);
            loop.execute(() -> link.send(List.of("PING"), answer::complete));

            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEmpty();
            assertThat(losses).hasValue(1);
        }
    }

    /// The first request that a process decides on loads classes for longer than a store may take.
    @Test
    void whatTheLoopItselfIsLateForIsNotHeldAgainstTheStore() throws Exception {
        AtomicLong askedAt = new AtomicLong(Long.MAX_VALUE);
        try (FakeRedis store = new FakeRedis(command -> {
            if (command.contains("PING")) {
                askedAt.set(System.nanoTime());
            }
            return "+OK\r\n";
        })) {
            RedisLink link = connected(store);
            loop.execute(() -> {
                link.send(List.of("PING"), answer::complete);
                // however late the store's own thread is on a busy machine, its answer is there by then
                while (askedAt.get() == Long.MAX_VALUE || System.nanoTime() - askedAt.get() < 3 * PATIENCE.toNanos()) {
                    Thread.onSpinWait();
                }
                link.look(); // before the loop has read anything
            });

            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isPresent();
            assertThat(losses).hasValue(0);
        }
    }

    @Test
    void aStoreThatIsNotThereIsKnownNotToBe() throws Exception {
        SharedSettings nobody;
        try (FakeRedis store = new FakeRedis(command -> "+OK\r\n")) {
            nobody = SharedStateTest.settings(store);
        }
        RedisLink link = loop.submit(() -> new RedisLink(
                        loop,
                        NioSocketChannel.class,
                        nobody,
                        PATIENCE,
                        List.of("PING"),
                        new StoreReachability(nobody, losses::incrementAndGet)))
                .get();

        assertThat(link.begun().get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
        assertThat(losses.get()).isPositive();
    }

    /// Each loop has a connection; a person is told once, and by what becomes of requests.
    @Test
    void aLossThatSeveralConnectionsNoticeIsToldOnce() throws Exception {
        List<String> said = new ArrayList<>();
        try (FakeRedis redis = new FakeRedis(command -> "+OK\r\n")) {
            SharedSettings settings =
                    new SharedSettings("store", 6379, 0, Optional.empty(), SharedSettings.WhenLost.REFUSE);
            StoreReachability store = new StoreReachability(settings, losses::incrementAndGet, said::add, said::add);
            RedisLink one = connected(redis);
            RedisLink two = connected(redis);
            store.lost(one, "closed");
            store.lost(two, "closed");
            store.lost(one, "refused");
            assertThat(store.isLost()).isTrue();
            store.reached(one);
            store.reached(one);
            assertThat(store.isLost()).isTrue();
            store.reached(two);
            assertThat(store.isLost()).isFalse();
        }
        assertThat(losses).hasValue(3);
        assertThat(said)
                .containsExactly(
                        "the shared quota at redis://store:6379 is lost (closed): requests are answered 503 until it"
                                + " is reachable again",
                        "the shared quota at redis://store:6379 is reachable again");
    }
}
