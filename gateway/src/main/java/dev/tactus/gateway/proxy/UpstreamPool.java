package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.Timeouts;
import dev.tactus.gateway.http.SocketTransport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One event loop's connections to the upstream. Those that are idle are kept for the next request, the last used one
/// first. Used on its loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class UpstreamPool {
    private static final int MOST_IDLE = 256;
    /// A connection idle for longer may just be being closed by the upstream: no request that can't be repeated is
    /// sent on it.
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Gets a connection that was asked for.
    interface ConnectCallback {
        void connected(UpstreamConnection line);

        void failed(Throwable why);
    }

    private final ProxyWorker loop;
    private final SocketTransport transport;
    private final Map<RuntimeConfig.Target, Deque<UpstreamConnection>> idle = new HashMap<>();
    private Optional<RuntimeConfig.Target> current = Optional.empty();
    private RuntimeConfig.@Nullable Target latest;
    private Deque<UpstreamConnection> ofLatest = new ArrayDeque<>();
    private int open;

    UpstreamPool(ProxyWorker loop, SocketTransport transport) {
        this.loop = loop;
        this.transport = transport;
    }

    /// An idle connection to the target, if there is one.
    ///
    /// @param fresh only one that was used just now
    @Nullable
    UpstreamConnection idle(RuntimeConfig.Target target, boolean fresh) {
        Deque<UpstreamConnection> lines = idleTo(target);
        while (!lines.isEmpty()) {
            UpstreamConnection line = lines.peek();
            if (fresh && loop.now() - line.idleSince() > FRESH_NANOS) {
                return null;
            }
            lines.pop();
            if (line.isUsable()) {
                return line;
            }
            line.close();
        }
        return null;
    }

    /// Nearly every request asks for the target of the one before.
    @SuppressWarnings("ReferenceEquality") // where they are equal and not the same, the map finds it
    private Deque<UpstreamConnection> idleTo(RuntimeConfig.Target target) {
        if (target != latest) {
            latest = target;
            ofLatest = idle.computeIfAbsent(target, none -> new ArrayDeque<>());
        }
        return ofLatest;
    }

    /// A new connection; the taker hears of it on this loop.
    void connect(RuntimeConfig.Target target, Timeouts timeouts, ConnectCallback taker) {
        Optional<InetSocketAddress> address = target.address().next();
        if (address.isEmpty()) {
            taker.failed(new UnknownHostException(target.upstream().host()));
            return;
        }
        UpstreamConnection line = new UpstreamConnection(loop, target, timeouts.idle());
        int millis = (int) Math.min(Integer.MAX_VALUE, timeouts.connect().toMillis());
        ChannelFuture connecting = new Bootstrap()
                .group(loop.executor())
                .channel(transport.channel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, SocketTransport.BUFFERS)
                // a write may fail because the upstream has answered and closed: the answer is to be read all the same
                .option(ChannelOption.AUTO_CLOSE, false)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        target.tls().ifPresent(tls -> {
                            SslHandler handler = tls.newHandler(
                                    channel.alloc(),
                                    target.upstream().host(),
                                    target.upstream().port());
                            handler.setHandshakeTimeoutMillis(millis);
                            channel.pipeline().addLast(handler);
                        });
                        channel.pipeline().addLast(new HttpRequestEncoder(), line.decoder(), line);
                    }
                })
                .connect(address.get());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                taker.failed(done.cause());
                return;
            }
            SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
            if (tls == null) {
                taker.connected(line);
                return;
            }
            tls.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    taker.connected(line);
                } else {
                    connecting.channel().close();
                    taker.failed(shaken.cause());
                }
            });
        });
    }

    /// Keeps a connection for the next request.
    void keep(UpstreamConnection line) {
        boolean leadsElsewhere = current.isPresent() && !current.get().equals(line.target());
        if (leadsElsewhere || idleTo(line.target()).size() >= MOST_IDLE) {
            line.close();
        } else {
            idleTo(line.target()).push(line);
        }
    }

    void opened() {
        open++;
    }

    /// A connection is gone, idle or not.
    void closed(UpstreamConnection line) {
        open--;
        Deque<UpstreamConnection> lines = idle.get(line.target());
        if (lines != null) {
            lines.remove(line);
        }
    }

    /// Keeps no connection that leads elsewhere, after the configuration has changed.
    public void keepOnly(RuntimeConfig.Target target) {
        current = Optional.of(target);
        latest = null;
        Map.copyOf(idle).forEach((other, lines) -> {
            if (!other.equals(target)) {
                idle.remove(other);
                List.copyOf(lines).forEach(UpstreamConnection::close);
            }
        });
    }

    public int open() {
        return open;
    }

    public int idleCount() {
        return idle.values().stream().mapToInt(Deque::size).sum();
    }
}
