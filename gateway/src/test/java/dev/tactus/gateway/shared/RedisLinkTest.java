package dev.tactus.gateway.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RedisLinkTest {
    private static final long PATIENCE_SECONDS = 20;

    /// A store that hangs must not make every request hang.
    @Test
    void aStoreThatDoesNotAnswerIsTakenForLost() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        try (FakeRedis store = new FakeRedis(command -> command.contains("PING") ? "" : "+OK\r\n")) {
            EventLoop loop = group.next();
            RedisLink link = loop.submit(() -> new RedisLink(
                            loop, NioSocketChannel.class, SharedStateTest.settings(store), Duration.ofMillis(50)))
                    .get();
            while (!loop.submit(link::isUp).get(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Thread.onSpinWait();
            }
            CompletableFuture<Optional<RespReply>> answer = new CompletableFuture<>();
            loop.execute(() -> link.send(List.of("PING"), answer::complete));

            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEmpty();
        } finally {
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        }
    }
}
