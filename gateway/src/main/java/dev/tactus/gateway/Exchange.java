package dev.tactus.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the request's head to whichever end it takes.
///
/// Bodies pass in pieces, in both directions at once, and whoever is slower slows the other down. Used on its loop
/// only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
final class Exchange {
    private static final AsciiString VIA = AsciiString.cached("1.1 tactus");
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

    private enum Phase {
        /// With the policy; nothing of it has been sent.
        WAITING,
        CONNECTING,
        /// On its way to the upstream, which has not begun to answer.
        SENT,
        ANSWERING,
        OVER
    }

    private final Caller caller;
    private final Loop loop;
    private final Setup setup;
    private final HttpRequest request;
    private final Identity identity;
    private final boolean head;
    private final boolean bodiless;
    private final boolean expects;
    private final boolean http10;
    private final Deque<HttpContent> held = new ArrayDeque<>(0);
    private final KeptBody kept;

    private Phase phase = Phase.WAITING;
    private @Nullable Line line;
    private boolean persistent;
    private boolean arrived;
    private boolean prepared;
    private boolean ended;
    private boolean requestComplete;
    private boolean sendingFailed;
    private boolean answerEnded;
    private boolean unsent;
    private long received;
    private long lastProgress;

    Exchange(Caller caller, Loop loop, Setup setup, HttpRequest request, Identity identity) {
        this.caller = caller;
        this.loop = loop;
        this.setup = setup;
        this.request = request;
        this.identity = identity;
        persistent = HttpUtil.isKeepAlive(request);
        requestComplete = request instanceof LastHttpContent;
        head = request.method().equals(HttpMethod.HEAD);
        bodiless = !RequestRules.hasBody(request);
        kept = new KeptBody(!bodiless
                && identity instanceof Identity.Application
                && setup.policy().repeats()
                && IDEMPOTENT.contains(request.method()));
        http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        expects = !http10 && HttpUtil.is100ContinueExpected(request);
        lastProgress = loop.now();
    }

    // What a policy needs.

    HttpRequest request() {
        return request;
    }

    Identity.Application application() {
        if (identity instanceof Identity.Application application) {
            return application;
        }
        throw new IllegalStateException("nobody known has sent this");
    }

    Loop loop() {
        return loop;
    }

    /// Whether it may be sent again: its method promises that twice is like once, and its body, if it has one, was
    /// kept.
    boolean repeatable() {
        return IDEMPOTENT.contains(request.method()) && (bodiless || (requestComplete && kept.isWhole()));
    }

    boolean isOver() {
        return phase == Phase.OVER;
    }

    void arrive() {
        arrived = true;
        setup.policy().arrived(this);
    }

    /// Sends the request to the upstream; once, and once more for each time that its answer was taken back.
    void forward() {
        if (phase != Phase.WAITING) {
            throw new IllegalStateException("forwarded while " + phase);
        }
        prepare();
        phase = Phase.CONNECTING;
        Optional<Line> idle = loop.lines().idle(setup.target(), !repeatable());
        if (idle.isPresent()) {
            send(idle.get());
        } else {
            connect();
        }
    }

    /// Answers the request instead of the upstream.
    void answer(FullHttpResponse own) {
        finish();
        if (head) {
            own.content().clear();
        }
        caller.writeOwn(this, own);
        caller.over(this);
    }

    /// Answers that something was wrong with the request or behind the gateway.
    void refuse(Refused refused) {
        persistent &= !refused.closes();
        answer(OwnAnswers.problem(refused));
    }

    // To the upstream.

    private void connect() {
        loop.lines().connect(setup.target(), setup.settings().timeouts(), new Lines.Taker() {
            @Override
            public void connected(Line connected) {
                if (phase == Phase.CONNECTING) {
                    send(connected);
                } else {
                    connected.unused();
                }
            }

            @Override
            public void failed(Throwable why) {
                if (phase == Phase.CONNECTING) {
                    refuse(unreachable(why));
                }
            }
        });
    }

    private static Refused unreachable(Throwable why) {
        return switch (why) {
            case ConnectTimeoutException timeout ->
                Refused.of(HttpResponseStatus.GATEWAY_TIMEOUT, "the API behind this gateway took too long to connect");
            case UnknownHostException unknown ->
                Refused.of(HttpResponseStatus.BAD_GATEWAY, "the name of the API behind this gateway is not known");
            default -> Refused.of(HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway can't be reached");
        };
    }

    private void send(Line taken) {
        line = taken;
        phase = Phase.SENT;
        lastProgress = loop.now();
        taken.begin(this, head);
        if (bodiless) {
            taken.send(new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers(),
                    EmptyHttpHeaders.INSTANCE));
        } else {
            taken.write(request);
            while (!held.isEmpty()) {
                taken.write(held.poll());
            }
            takeMore();
        }
        if (caller.isReading()) {
            unsent = true;
        } else {
            taken.flush();
        }
    }

    /// Makes the head one that the upstream may see.
    private void prepare() {
        if (prepared) {
            return;
        }
        prepared = true;
        HttpHeaders headers = request.headers();
        boolean chunked = !bodiless && HttpUtil.isTransferEncodingChunked(request);
        boolean trailers = Hops.takesTrailers(headers);
        String host = headers.get(HttpHeaderNames.HOST, "");
        Hops.strip(headers);
        if (caller.isHttp2()) {
            Hops.stripNotes(headers);
        }
        if (chunked) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        if (trailers) {
            headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        caller.forwarded().add(headers, host, isFromTrustedProxy());
        headers.add(HttpHeaderNames.VIA, VIA);
        Upstream upstream = setup.target().upstream();
        headers.set(HttpHeaderNames.HOST, upstream.authority());
        if (!upstream.path().isEmpty()) {
            request.setUri(upstream.path() + request.uri());
        }
        request.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    private boolean isFromTrustedProxy() {
        return setup.settings().trustedProxies().stream().anyMatch(range -> range.contains(caller.address()));
    }

    /// Takes a piece of the request's body.
    void body(HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        if (content.decoderResult().isFailure()) {
            Refused why = RequestRules.unreadable(
                    content.decoderResult().cause(), setup.settings().sizes());
            content.release();
            brokenOff(why);
            return;
        }
        requestComplete |= last;
        if (bodiless || phase == Phase.OVER) {
            content.release();
            return;
        }
        lastProgress = loop.now();
        received += content.content().readableBytes();
        if (received > setup.settings().sizes().body()) {
            content.release();
            brokenOff(RequestRules.tooLarge(setup.settings().sizes()));
        } else if (line == null) {
            kept.add(content);
            held.add(content);
            if (received > KeptBody.MOST_BYTES || !kept.isWhole()) {
                caller.pauseReading();
            }
        } else if (sendingFailed) {
            content.release();
        } else {
            kept.add(content);
            line.write(content);
            unsent = true;
            takeMore();
        }
    }

    private void takeMore() {
        if (requestComplete || line == null || line.isWritable() || sendingFailed) {
            caller.resumeReading();
        } else {
            caller.pauseReading();
        }
    }

    /// The request can't be read any further.
    private void brokenOff(Refused why) {
        if (phase == Phase.ANSWERING) {
            abandon();
        } else {
            refuse(why);
        }
    }

    /// What was read from the caller's connection at once has been taken.
    void readComplete() {
        if (unsent && line != null) {
            unsent = false;
            line.flush();
        }
    }

    void upstreamTakesMore() {
        lastProgress = loop.now();
        takeMore();
    }

    /// The upstream doesn't take the body any more; what it has to say may still come.
    void sendingFailed() {
        sendingFailed = true;
        caller.resumeReading();
    }

    // From the upstream.

    void answerHead(HttpResponse answer) {
        lastProgress = loop.now();
        int status = answer.status().code();
        if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                answerUnreadable();
            } else if (status == HttpResponseStatus.CONTINUE.code() && expects && phase == Phase.SENT) {
                caller.writeContinue();
            }
            return;
        }
        if (phase == Phase.ANSWERING) {
            abandon();
            return;
        }
        if (setup.policy().answered(this, answer) == Policy.Answered.TAKE_BACK) {
            takeBack();
            return;
        }
        phase = Phase.ANSWERING;
        caller.writeHead(this, answer);
    }

    private void takeBack() {
        if (!repeatable()) {
            throw new IllegalStateException("the answer to a request that can't be repeated was taken back");
        }
        Line taken = line;
        line = null;
        phase = Phase.WAITING;
        if (taken != null) {
            taken.release(!sendingFailed, false);
        }
        rewind();
    }

    /// Back to before the request was sent.
    private void rewind() {
        sendingFailed = false;
        kept.rewindInto(held);
    }

    void answerBody(HttpContent content, boolean last) {
        if (phase != Phase.ANSWERING) {
            content.release();
            return;
        }
        lastProgress = loop.now();
        caller.writeBody(content);
        if (last) {
            answerEnded = true;
            finish();
            caller.over(this);
        } else if (!caller.isWritable() && line != null) {
            line.pauseReading();
        }
    }

    void callerTakesMore() {
        lastProgress = loop.now();
        if (line != null) {
            line.resumeReading();
        }
    }

    /// The upstream's answer is none.
    void answerUnreadable() {
        if (phase == Phase.ANSWERING) {
            abandon();
        } else {
            refuse(Refused.of(
                    HttpResponseStatus.BAD_GATEWAY, "the API behind this gateway gave an answer that is not HTTP"));
        }
    }

    /// The connection to the upstream is gone before the answer's end.
    void lineLost(Line lost) {
        if (line != lost) {
            return;
        }
        line = null;
        if (phase == Phase.ANSWERING) {
            abandon();
        } else if (phase == Phase.SENT && repeatable() && lost.mayHaveBeenStale()) {
            phase = Phase.CONNECTING;
            rewind();
            connect();
        } else if (phase == Phase.SENT) {
            refuse(Refused.of(
                    HttpResponseStatus.BAD_GATEWAY,
                    "the API behind this gateway closed the connection without an answer"));
        }
    }

    // Ends.

    /// The caller has left.
    void callerGone() {
        if (phase != Phase.OVER) {
            finish();
        }
    }

    /// An answer that can't be brought to its end: the caller must see that it has none.
    private void abandon() {
        finish();
        caller.abort();
    }

    private void finish() {
        phase = Phase.OVER;
        Line used = line;
        line = null;
        if (used != null && answerEnded) {
            used.release(bodiless || (requestComplete && !sendingFailed), true);
        } else if (used != null) {
            used.close();
        }
        while (!held.isEmpty()) {
            held.poll().release();
        }
        kept.release();
        if (arrived && !ended) {
            ended = true;
            setup.policy().ended(this);
        }
    }

    void sweep(long now) {
        Timeouts timeouts = setup.settings().timeouts();
        long waited = now - lastProgress;
        switch (phase) {
            case WAITING, CONNECTING, OVER -> {}
            case SENT -> {
                boolean sent = bodiless || requestComplete;
                if (sent && waited > timeouts.request().toNanos()) {
                    refuse(Refused.of(
                            HttpResponseStatus.GATEWAY_TIMEOUT,
                            "the API behind this gateway did not answer within "
                                    + timeouts.request().toMillis() + " ms"));
                } else if (!sent && waited > timeouts.idle().toNanos()) {
                    refuse(
                            line != null && !line.isWritable()
                                    ? Refused.closing(
                                            HttpResponseStatus.GATEWAY_TIMEOUT,
                                            "the API behind this gateway stopped reading the request")
                                    : Refused.closing(
                                            HttpResponseStatus.REQUEST_TIMEOUT, "the rest of the body did not come"));
                }
            }
            case ANSWERING -> {
                if (waited > timeouts.idle().toNanos()) {
                    abandon();
                }
            }
        }
    }

    // What its caller needs.

    Caller caller() {
        return caller;
    }

    boolean isPersistent() {
        return persistent;
    }

    void notPersistent() {
        persistent = false;
    }

    boolean isToHead() {
        return head;
    }

    boolean isHttp10() {
        return http10;
    }

    boolean isRequestComplete() {
        return requestComplete || bodiless;
    }

    boolean expectsContinue() {
        return expects;
    }
}
