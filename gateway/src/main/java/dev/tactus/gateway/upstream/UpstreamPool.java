package dev.tactus.gateway.upstream;

import dev.tactus.gateway.http.SocketTransport;
import dev.tactus.gateway.network.Timeouts;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One event loop's connections to the upstream. Those that are idle are kept for the next request, the last used one
/// first. Used on its event loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class UpstreamPool {
    private static final int MOST_IDLE = 256;
    /// A connection idle for longer may just be being closed by the upstream: no request that can't be repeated is
    /// sent on it.
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// Gets a connection that was asked for.
    public interface ConnectCallback {
        void connected(UpstreamConnection connection);

        void failed(Throwable why);
    }

    private final ProxyWorker worker;
    private final SocketTransport transport;
    private final Map<UpstreamTarget, Deque<UpstreamConnection>> idle = new HashMap<>();
    private Set<UpstreamTarget> current = Set.of();
    private @Nullable UpstreamTarget latest;
    private Deque<UpstreamConnection> ofLatest = new ArrayDeque<>();
    private int open;

    UpstreamPool(ProxyWorker worker, SocketTransport transport) {
        this.worker = worker;
        this.transport = transport;
    }

    /// An idle connection to the target, if there is one.
    ///
    /// @param fresh only one that was used just now
    public @Nullable UpstreamConnection idle(UpstreamTarget target, boolean fresh) {
        Deque<UpstreamConnection> connections = idleTo(target);
        while (!connections.isEmpty()) {
            UpstreamConnection connection = connections.peek();
            if (fresh && worker.now() - connection.idleSince() > FRESH_NANOS) {
                return null;
            }
            connections.pop();
            if (connection.isIdle()
                    && (connection.address().isWell() || connection.address().isHealthy(worker.now()))) {
                return connection;
            }
            connection.close();
        }
        return null;
    }

    /// Nearly every request asks for the target of the one before.
    @SuppressWarnings("ReferenceEquality") // where they are equal and not the same, the map finds it
    private Deque<UpstreamConnection> idleTo(UpstreamTarget target) {
        if (target != latest) {
            latest = target;
            ofLatest = idle.computeIfAbsent(target, none -> new ArrayDeque<>());
        }
        return ofLatest;
    }

    /// Opens a new connection; the callback hears of it on this event loop.
    public void connect(UpstreamTarget target, Timeouts timeouts, ConnectCallback callback) {
        UpstreamAddress address;
        try {
            address = target.resolver().next(worker.now());
        } catch (UnknownHostException | NoHealthyAddressException e) {
            callback.failed(e);
            return;
        }
        connect(target, address, timeouts, new ConnectCallback() {
            @Override
            public void connected(UpstreamConnection connection) {
                callback.connected(connection);
            }

            @Override
            public void failed(Throwable why) {
                address.failed(String.valueOf(why.getMessage()), worker.now());
                callback.failed(why);
            }
        });
    }

    /// Opens a new connection to one address.
    void connect(UpstreamTarget target, UpstreamAddress address, Timeouts timeouts, ConnectCallback callback) {
        UpstreamConnection connection = new UpstreamConnection(worker, target, address, timeouts.idle());
        int millis = (int) Math.min(Integer.MAX_VALUE, timeouts.connect().toMillis());
        ChannelFuture connecting = new Bootstrap()
                .group(worker.executor())
                .channel(transport.channel())
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, SocketTransport.BUFFERS)
                // a write may fail because the upstream has responded and closed: the response is to be read all the
                // same
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
                        channel.pipeline().addLast(new HttpRequestEncoder(), connection.decoder(), connection);
                    }
                })
                .connect(address.socket());
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                callback.failed(done.cause());
                return;
            }
            SslHandler tls = connecting.channel().pipeline().get(SslHandler.class);
            if (tls == null) {
                callback.connected(connection);
                return;
            }
            tls.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    callback.connected(connection);
                } else {
                    connecting.channel().close();
                    callback.failed(shaken.cause());
                }
            });
        });
    }

    /// Keeps a connection for the next request.
    void keep(UpstreamConnection connection) {
        boolean isElsewhere = !current.isEmpty() && !current.contains(connection.target());
        if (isElsewhere || idleTo(connection.target()).size() >= MOST_IDLE) {
            connection.close();
        } else {
            idleTo(connection.target()).push(connection);
        }
    }

    void opened() {
        open++;
    }

    /// A connection is gone, idle or not.
    void closed(UpstreamConnection connection) {
        open--;
        Deque<UpstreamConnection> connections = idle.get(connection.target());
        if (connections != null) {
            connections.remove(connection);
        }
    }

    /// Keeps no connection to another target, after the configuration has changed.
    public void keepOnly(Set<UpstreamTarget> targets) {
        current = Set.copyOf(targets);
        latest = null;
        Map.copyOf(idle).forEach((other, connections) -> {
            if (!targets.contains(other)) {
                idle.remove(other);
                List.copyOf(connections).forEach(UpstreamConnection::close);
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
