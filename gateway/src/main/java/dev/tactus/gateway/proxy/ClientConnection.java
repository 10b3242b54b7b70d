package dev.tactus.gateway.proxy;

import dev.tactus.digest.Sha256;
import dev.tactus.gateway.http.ForwardedHeaders;
import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestDecoder;
import dev.tactus.gateway.http.ResponseEncoder;
import dev.tactus.gateway.http.TlsContexts;
import dev.tactus.gateway.identity.ApiKeyCache;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.upstream.ProxyWorker;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One caller's connection, or one stream of an HTTP/2 connection: takes requests one after the other and gives each
/// its answer.
///
/// Requests that come before the one under way is answered wait their turn; beyond a few nothing more is read. Used on
/// its loop only.
final class ClientConnection extends ChannelInboundHandlerAdapter implements ProxyWorker.TimeLimited {
    private static final int MOST_WAITING = 64;
    private static final long MOST_DISCARDED = 1024 * 1024;
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private enum State {
        /// Between requests.
        IDLE,
        /// A head has begun.
        HEAD,
        /// In an exchange.
        BUSY,
        /// The rest of a request's body, which nobody needs.
        DISCARDING,
        /// Answered for the last time; whatever comes is read, so that the answer isn't lost in a reset.
        LINGERING,
        CLOSED
    }

    private final AdmissionCheck admission;
    private final ProxyWorker worker;
    private final Optional<RequestDecoder> decoder;
    private final Optional<ResponseEncoder> encoder;
    private final Deque<HttpObject> waiting = new ArrayDeque<>(4);
    private final ApiKeyCache keyCache = new ApiKeyCache();

    @SuppressWarnings("NullAway.Init") // set when the channel takes it, before anybody else sees it
    private ClientChannel channel;

    @SuppressWarnings("NullAway.Init")
    private ClientResponseWriter answers;

    @SuppressWarnings("NullAway.Init")
    private InetAddress address;

    @SuppressWarnings("NullAway.Init")
    private ForwardedHeaders forwarded;

    private Optional<Sha256> certificate = Optional.empty();

    private State state = State.IDLE;
    private long deadline = Long.MAX_VALUE;
    private long discarded;
    private @Nullable Exchange current;
    private boolean closing;
    private boolean reading;
    private boolean dispatching;

    private ClientConnection(
            AdmissionCheck admission,
            ProxyWorker worker,
            Optional<RequestDecoder> decoder,
            Optional<ResponseEncoder> encoder) {
        this.admission = admission;
        this.worker = worker;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    static ClientConnection http1(
            AdmissionCheck admission, ProxyWorker worker, RequestDecoder decoder, ResponseEncoder encoder) {
        return new ClientConnection(admission, worker, Optional.of(decoder), Optional.of(encoder));
    }

    static ClientConnection http2(AdmissionCheck admission, ProxyWorker worker) {
        return new ClientConnection(admission, worker, Optional.empty(), Optional.empty());
    }

    boolean isHttp2() {
        return decoder.isEmpty();
    }

    InetAddress address() {
        return address;
    }

    /// The SHA-256 of the certificate that the client has shown, as DER.
    Optional<Sha256> certificate() {
        return certificate;
    }

    ApiKeyCache keyCache() {
        return keyCache;
    }

    ForwardedHeaders forwarded() {
        return forwarded;
    }

    // Coming and going.

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        channel = new ClientChannel(ctx);
        answers = new ClientResponseWriter(ctx, encoder);
        Channel connection = isHttp2() ? ctx.channel().parent() : ctx.channel();
        address = ((InetSocketAddress) connection.remoteAddress()).getAddress();
        SslHandler tls = connection.pipeline().get(SslHandler.class);
        forwarded = new ForwardedHeaders(address, tls != null);
        certificate = tls == null ? Optional.empty() : TlsContexts.shown(tls.engine());
        deadline = worker.now() + timeouts().headers().toNanos();
        worker.clientCame();
        worker.watch(this);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        gone();
        ctx.fireChannelInactive();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        gone();
    }

    private void gone() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        worker.forget(this);
        worker.clientLeft();
        Exchange left = current;
        current = null;
        if (left != null) {
            left.clientGone();
        }
        while (!waiting.isEmpty()) {
            ReferenceCountUtil.release(waiting.poll());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        admission.failed(cause);
        if (cause instanceof Http2Exception broken) {
            channel.resetStream(broken.error());
        } else {
            abort();
        }
    }

    /// No request after the one under way.
    @Override
    public void drain() {
        closing = true;
        if (current != null) {
            current.notPersistent();
        } else if (state == State.IDLE && !isHttp2()) {
            channel.close();
        }
    }

    /// Ends the connection so that the caller can't take what it has for complete.
    void abort() {
        channel.abort();
    }

    // Requests.

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        reading = true;
        if (!(message instanceof HttpObject part) || state == State.CLOSED || state == State.LINGERING) {
            ReferenceCountUtil.release(message);
            return;
        }
        boolean ofCurrent = part instanceof HttpContent && !(part instanceof HttpRequest) && waiting.isEmpty();
        if (current != null && !ofCurrent) {
            waiting.add(part);
            if (waiting.size() >= MOST_WAITING) {
                pauseReading();
            }
        } else {
            dispatch(part);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        reading = false;
        if (current != null) {
            current.readComplete();
        } else if (state == State.IDLE && decoder.isPresent() && decoder.get().inHead()) {
            state = State.HEAD;
            deadline = Math.min(deadline, worker.now() + timeouts().headers().toNanos());
        }
        channel.flush();
        ctx.fireChannelReadComplete();
    }

    private void dispatch(HttpObject part) {
        if (state == State.DISCARDING) {
            discard(part);
            return;
        }
        if (part instanceof HttpRequest request) {
            state = State.BUSY;
            deadline = Long.MAX_VALUE;
            AdmissionCheck.CheckedExchange received = admission.receive(this, worker, request);
            current = received.exchange();
            received.begin();
        }
        if (part instanceof HttpContent content) {
            Exchange taking = current;
            if (taking != null) {
                taking.body(content);
            } else {
                discard(part);
            }
        }
    }

    private void discard(HttpObject part) {
        if (part instanceof HttpContent content) {
            discarded += content.content().readableBytes();
        }
        boolean failed = part.decoderResult().isFailure();
        boolean last = part instanceof LastHttpContent;
        ReferenceCountUtil.release(part);
        if (failed || discarded > MOST_DISCARDED) {
            linger();
        } else if (last && state == State.DISCARDING) {
            next();
        }
    }

    /// The exchange is over on the caller's side: its answer is written, or was begun and given up.
    void over(Exchange exchange) {
        current = null;
        if (state == State.CLOSED) {
            return;
        }
        if (exchange.isRequestComplete()) {
            if (isHttp2()) {
                await(State.LINGERING, LINGER_NANOS); // the stream ends by itself
            } else if (!closing && exchange.isPersistent()) {
                next();
            } else if (waiting.isEmpty() && !exchange.isUnreadable()) {
                await(State.LINGERING, LINGER_NANOS);
                channel.closeWhenSent();
            } else {
                linger();
            }
        } else if (isHttp2() || (!closing && exchange.isPersistent())) {
            discarded = 0;
            await(State.DISCARDING, timeouts().idle().toNanos());
            resumeReading();
        } else {
            linger();
        }
    }

    private void await(State next, long nanos) {
        state = next;
        deadline = worker.now() + nanos;
    }

    private void next() {
        if (isHttp2()) {
            await(State.LINGERING, LINGER_NANOS);
            return;
        }
        await(State.IDLE, timeouts().idle().toNanos());
        if (dispatching) {
            return;
        }
        dispatching = true;
        try {
            while (current == null && state != State.CLOSED && state != State.LINGERING && !waiting.isEmpty()) {
                dispatch(waiting.poll());
            }
            // what belongs to the exchange that was just begun
            while (current != null
                    && waiting.peek() instanceof HttpContent content
                    && !(content instanceof HttpRequest)) {
                waiting.poll();
                current.body(content);
            }
        } finally {
            dispatching = false;
        }
        if (!reading && current != null) {
            current.readComplete();
        }
        if (waiting.isEmpty() && (current == null || current.isRequestComplete())) {
            resumeReading();
        }
    }

    /// Says all there is to say and lets the caller find that out.
    private void linger() {
        await(State.LINGERING, LINGER_NANOS);
        if (isHttp2()) {
            channel.resetStream();
            return;
        }
        while (!waiting.isEmpty()) {
            ReferenceCountUtil.release(waiting.poll());
        }
        channel.resumeReading();
        channel.endWhenSent();
    }

    boolean isReading() {
        return reading;
    }

    void pauseReading() {
        channel.pauseReading();
    }

    void resumeReading() {
        if (waiting.size() < MOST_WAITING) {
            channel.resumeReading();
        }
    }

    // Answers.

    /// Writes the head of the upstream's answer.
    void writeHead(Exchange exchange, HttpResponse answer) {
        lastIfClosing(exchange);
        answers.head(exchange, answer);
    }

    void writeBody(HttpContent content) {
        answers.body(content);
    }

    void writeOwn(Exchange exchange, FullHttpResponse own) {
        lastIfClosing(exchange);
        answers.own(exchange, own);
        if (!reading) {
            channel.flush();
        }
    }

    /// Writes an interim answer of the upstream, such as 103 Early Hints, if the caller can be trusted to know it.
    void writeInterim(HttpResponse interim) {
        if (isHttp2() && isWritable()) {
            answers.interim(interim);
        }
    }

    void writeContinue() {
        answers.goOn();
    }

    private void lastIfClosing(Exchange exchange) {
        if (closing) {
            exchange.notPersistent();
        }
    }

    void flush() {
        if (state != State.CLOSED) {
            channel.flush();
        }
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (current != null && ctx.channel().isWritable()) {
            current.clientTakesMore();
        }
        ctx.fireChannelWritabilityChanged();
    }

    // Time.

    @Override
    public void sweep(long now) {
        if (current != null) {
            current.sweep(now);
        } else if (now > deadline) {
            if (state == State.HEAD
                    || (state == State.IDLE
                            && decoder.isPresent()
                            && decoder.get().inHead())) {
                timedOut();
            } else {
                channel.close();
            }
        }
    }

    private void timedOut() {
        closing = true;
        answers.last(GatewayResponses.problem(HttpProblem.closing(
                HttpResponseStatus.REQUEST_TIMEOUT,
                "the request's head was not complete within "
                        + timeouts().headers().toMillis() + " ms")));
        linger();
    }

    private Timeouts timeouts() {
        return admission.config().settings().timeouts();
    }
}
