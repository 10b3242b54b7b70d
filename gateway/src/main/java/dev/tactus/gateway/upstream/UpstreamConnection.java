package dev.tactus.gateway.upstream;

import dev.tactus.gateway.http.ResponseDecoder;
import dev.tactus.gateway.upstream.UpstreamConnectionState.Event;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// One connection to the upstream, which carries one exchange at a time. [UpstreamConnectionState] says what it may do
/// when.
///
/// It is given to the next exchange only once the last one's response has been read to its end and nothing came after
/// it: bytes that belong to nobody end the connection, so that they can't become somebody else's response. Used on its
/// worker's event loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements ProxyWorker.TimeLimited {
    /// Gets the response to the request that the connection was lent for. Nothing more once it has released or closed
    /// the connection, except [#responseRead].
    public interface ResponseListener {
        /// An interim response, or the final one.
        void responseHead(HttpResponse head);

        /// A piece of the final response's body; the listener releases it.
        void responseBody(HttpContent piece, boolean last);

        /// What came is no response.
        void responseUnreadable();

        /// All that was read at once has been passed on.
        void responseRead();

        /// The upstream takes more of the request's body again.
        void upstreamTakesMore();

        /// The upstream takes no more of the request's body; a response may still come.
        void sendingFailed();

        /// The connection is gone before the response's end.
        ///
        /// @param stale whether the upstream may have been closing the connection all along
        void connectionLost(boolean stale);
    }

    private final ProxyWorker worker;
    private final UpstreamTarget target;
    private final UpstreamAddress address;
    private final long idleNanos;
    private final ResponseDecoder decoder = new ResponseDecoder();

    @SuppressWarnings("NullAway.Init") // set when the channel takes it, before anybody else sees it
    private ChannelHandlerContext context;

    private UpstreamConnectionState state = UpstreamConnectionState.CONNECTING;
    private @Nullable ResponseListener listener;
    private @Nullable ResponseListener readFor;
    private long idleSince;

    UpstreamConnection(ProxyWorker worker, UpstreamTarget target, UpstreamAddress address, Duration idle) {
        this.worker = worker;
        this.target = target;
        this.address = address;
        this.idleNanos = idle.toNanos();
    }

    ResponseDecoder decoder() {
        return decoder;
    }

    UpstreamTarget target() {
        return target;
    }

    UpstreamAddress address() {
        return address;
    }

    long idleSince() {
        return idleSince;
    }

    /// Whether it can be lent again.
    boolean isIdle() {
        return state == UpstreamConnectionState.IDLE && isUsable();
    }

    private boolean isUsable() {
        return context.channel().isActive() && !decoder.hasLeftOver();
    }

    public boolean isWritable() {
        return context.channel().isWritable();
    }

    /// Lends the connection.
    ///
    /// @param head whether the request is HEAD, so that its response has no body
    public void lend(ResponseListener to, boolean head) {
        state = state.after(Event.LEND);
        listener = to;
        decoder.expect(head);
    }

    /// Whoever gets what is still to come of the response.
    public void handTo(ResponseListener other) {
        listener = other;
    }

    public void write(HttpObject message) {
        context.write(message).addListener(written -> {
            if (!written.isSuccess() && listener != null) {
                listener.sendingFailed();
            }
        });
    }

    /// Sends a request that is complete without a body.
    public void send(HttpRequest whole) {
        context.write(whole, context.voidPromise());
    }

    public void flush() {
        context.flush();
    }

    public void pauseReading() {
        context.channel().config().setAutoRead(false);
    }

    public void resumeReading() {
        if (!context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(true);
        }
    }

    /// The listener needs nothing more; the rest of the response, if any, is read and thrown away.
    ///
    /// @param sent whether the request was sent to its end; the connection can't be used again otherwise
    /// @param whole whether the response has come to its end
    public void release(boolean sent, boolean whole) {
        listener = null;
        if (!sent || !context.channel().isActive()) {
            close();
            return;
        }
        state = state.after(whole ? Event.RELEASE : Event.RELEASE_EARLY);
        if (state == UpstreamConnectionState.CLOSED) {
            close();
        } else if (state == UpstreamConnectionState.DRAINING) {
            idleSince = worker.now(); // a response without an end is not waited for
            resumeReading();
        }
    }

    /// Gives a connection back that nobody needs any more, before it was lent.
    public void returnUnused() {
        pool(Event.RETURN);
    }

    /// Nothing has come of it for too long.
    public void givenUp() {
        address.failed("no answer", worker.now());
    }

    public void close() {
        state = UpstreamConnectionState.CLOSED;
        listener = null;
        context.channel().close();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        worker.pool().opened();
        worker.watch(this);
        ctx.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        switch (state) {
            case FRESH, REUSED, CONTINUED, INTERIM, RESPONDING, RESPONDING_LAST -> {
                if (listener != null) {
                    response(listener, (HttpObject) message);
                } else {
                    ReferenceCountUtil.release(message);
                }
            }
            case DRAINING -> {
                ReferenceCountUtil.release(message);
                if (message instanceof LastHttpContent) {
                    state = state.after(Event.DRAINED);
                }
            }
            case CONNECTING, IDLE, COMPLETE -> {
                ReferenceCountUtil.release(message);
                close();
            }
            case CLOSED -> ReferenceCountUtil.release(message);
        }
    }

    private void response(ResponseListener current, HttpObject message) {
        readFor = current;
        if (message.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            current.responseUnreadable();
        } else if (message instanceof HttpResponse head) {
            boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            Event event = interim ? Event.INTERIM_HEAD : HttpUtil.isKeepAlive(head) ? Event.HEAD : Event.LAST_HEAD;
            state = state.after(event);
            if (!interim) {
                address.answered();
            }
            current.responseHead(head);
        } else if (message instanceof HttpContent content) {
            boolean last = content instanceof LastHttpContent;
            if (state != UpstreamConnectionState.INTERIM) {
                current.responseBody(content, last);
            } else {
                content.release();
                state = last ? state.after(Event.INTERIM_END) : state;
            }
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ResponseListener reader = readFor;
        readFor = null;
        if (reader != null) {
            reader.responseRead();
        }
        if (state == UpstreamConnectionState.COMPLETE) {
            pool(Event.READ_DONE);
        }
        ctx.fireChannelReadComplete();
    }

    private void pool(Event event) {
        if (!isUsable()) {
            close();
            return;
        }
        state = state.after(event);
        idleSince = worker.now();
        resumeReading();
        worker.pool().keep(this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (listener != null && ctx.channel().isWritable()) {
            listener.upstreamTakesMore();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        worker.forget(this);
        worker.pool().closed(this);
        ResponseListener current = listener;
        boolean stale = state == UpstreamConnectionState.REUSED;
        if (current != null && !stale && state.isUnanswered()) {
            address.failed("a connection that was closed", worker.now());
        }
        listener = null;
        state = state.after(Event.CLOSE);
        if (current != null) {
            current.connectionLost(stale);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().close(); // the listener hears of it as the connection's end
    }

    @Override
    public void drain() {
        if (isLentToNobody()) {
            close();
        }
    }

    @Override
    public void sweep(long now) {
        if (isLentToNobody() && now - idleSince > idleNanos) {
            close();
        }
    }

    private boolean isLentToNobody() {
        return state == UpstreamConnectionState.IDLE || state == UpstreamConnectionState.DRAINING;
    }
}
