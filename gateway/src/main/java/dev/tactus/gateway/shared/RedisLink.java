package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One event loop's connection to Redis. Commands go out one after the other without waiting (pipelined), and answers
/// come in their order.
///
/// A server that doesn't answer within its patience is taken for lost: whoever waits is told at once, and the
/// connection is made anew after a second; until then nobody waits at all (a circuit breaker). What the loop itself was
/// late for is not held against the server. Used on its loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
final class RedisLink {
    private static final long LOOK_MILLIS = 10;
    /// A loop that comes this late to look has been busy itself: the answer may lie there unread.
    private static final Duration LATE = Duration.ofMillis(3 * LOOK_MILLIS);

    private static final Duration GREETING_PATIENCE = Duration.ofSeconds(1);
    private static final long AGAIN_MILLIS = 1_000;
    private static final int CONNECT_MILLIS = 1_000;

    /// Somebody who waits for an answer.
    ///
    /// @param patience within which the answer has to come
    /// @param told an answer, or nothing where the server is lost
    private record Waiting(long sentAtNanos, Duration patience, Consumer<Optional<RespReply>> told) {}

    private final EventLoop loop;
    private final Class<? extends SocketChannel> transport;
    private final SharedSettings settings;
    private final Duration patience;
    private final List<String> first;
    private final StoreReachability store;
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Channel channel;
    private boolean connecting;
    private long lookedAt = System.nanoTime();

    /// @param first the command that each connection begins with
    /// @param store told each time that the server is taken for lost, and when it is there again
    RedisLink(
            EventLoop loop,
            Class<? extends SocketChannel> transport,
            SharedSettings settings,
            Duration patience,
            List<String> first,
            StoreReachability store) {
        this.loop = loop;
        this.transport = transport;
        this.settings = settings;
        this.patience = patience;
        this.first = first;
        this.store = store;
        connect();
        loop.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Done once it is known whether the server can be reached.
    CompletableFuture<Boolean> begun() {
        return begun;
    }

    boolean isUp() {
        return channel != null && channel.isActive();
    }

    /// Sends a command; flushed at once, as nobody knows what else comes.
    void send(List<String> command, Consumer<Optional<RespReply>> told) {
        send(command, patience, told);
    }

    private void send(List<String> command, Duration within, Consumer<Optional<RespReply>> told) {
        Channel to = channel;
        if (to == null || !to.isActive()) {
            told.accept(Optional.empty());
            return;
        }
        waiting.add(new Waiting(System.nanoTime(), within, told));
        to.writeAndFlush(Unpooled.wrappedBuffer(RespReply.command(command)));
    }

    private void connect() {
        if (connecting || isUp() || loop.isShuttingDown()) {
            return;
        }
        connecting = true;
        ChannelFuture future = new Bootstrap()
                .group(loop)
                .channel(transport)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel made) {
                        made.pipeline().addLast(new RespDecoder(), new Answers());
                    }
                })
                .connect(new InetSocketAddress(settings.host(), settings.port()));
        future.addListener(done -> {
            connecting = false;
            if (!done.isSuccess()) {
                lost(String.valueOf(done.cause().getMessage()));
                return;
            }
            channel = future.channel();
            settings.password().ifPresent(password -> greet(List.of("AUTH", password), this::greeted));
            greet(List.of("SELECT", Integer.toString(settings.database())), this::greeted);
            greet(first, reply -> {
                greeted(reply);
                begun.complete(reply.isPresent());
            });
        });
    }

    /// A server that has just been started, as this process may have been, takes its time.
    private void greet(List<String> command, Consumer<Optional<RespReply>> told) {
        send(command, GREETING_PATIENCE, told);
    }

    private void greeted(Optional<RespReply> reply) {
        if (reply.isPresent() && reply.get() instanceof RespReply.Failure(String message)) {
            lost(message);
        } else if (reply.isPresent()) {
            store.reached(this);
        }
    }

    private void lost(String why) {
        Channel old = channel;
        channel = null;
        if (old != null) {
            old.close();
        }
        store.lost(this, why);
        begun.complete(false);
        while (!waiting.isEmpty()) {
            waiting.poll().told().accept(Optional.empty());
        }
        if (!loop.isShuttingDown()) {
            loop.schedule(this::connect, AGAIN_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /// Looks whether the server has let somebody wait for too long.
    void look() {
        long now = System.nanoTime();
        boolean late = now - lookedAt > LATE.toNanos();
        lookedAt = now;
        Waiting oldest = waiting.peek();
        if (!late
                && oldest != null
                && now - oldest.sentAtNanos() > oldest.patience().toNanos()) {
            lost("no answer within " + oldest.patience().toMillis() + " ms");
        }
    }

    /// What comes from the server.
    private final class Answers extends SimpleChannelInboundHandler<RespReply> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, RespReply reply) {
            Waiting first = ctx.channel().equals(channel) ? waiting.poll() : null;
            if (first != null) {
                first.told().accept(Optional.of(reply));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (ctx.channel().equals(channel)) {
                lost("the connection was closed");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (ctx.channel().equals(channel)) {
                lost(String.valueOf(cause.getMessage()));
            } else {
                ctx.close();
            }
        }
    }
}
