package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.Timeouts;
import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestRules;
import dev.tactus.gateway.http.RequestTraits;
import dev.tactus.gateway.identity.RequestIdentity;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the request's head to whichever end it takes.
///
/// Bodies pass in pieces, in both directions at once, and whoever is slower slows the other down. Used on its loop
/// only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class Exchange {
    private enum Phase {
        /// With the policy; nothing of it has been sent.
        WAITING,
        CONNECTING,
        /// On its way to the upstream, which has not begun to answer.
        SENT,
        ANSWERING,
        OVER
    }

    private final ClientConnection caller;
    private final ProxyWorker loop;
    private final RuntimeConfig setup;
    private final HttpRequest request;
    private final RequestIdentity identity;
    private final RequestTraits traits;
    private final RequestBody body;

    private Phase phase = Phase.WAITING;
    private @Nullable UpstreamConnection line;
    private @Nullable BufferedResponse held;
    private boolean persistent;
    private boolean arrived;
    private boolean prepared;
    private boolean ended;
    private boolean answerEnded;
    private boolean unsent;
    private long lastProgress;

    Exchange(
            ClientConnection caller,
            ProxyWorker loop,
            RuntimeConfig setup,
            HttpRequest request,
            RequestIdentity identity) {
        this.caller = caller;
        this.loop = loop;
        this.setup = setup;
        this.request = request;
        this.identity = identity;
        persistent = HttpUtil.isKeepAlive(request);
        traits = RequestTraits.of(request);
        body = new RequestBody(
                traits.bodiless(),
                request instanceof LastHttpContent,
                traits.idempotent()
                        && identity instanceof RequestIdentity.Application
                        && setup.policy().repeats(),
                setup.settings().sizes().body());
        lastProgress = loop.now();
    }

    // What a policy needs.

    public HttpRequest request() {
        return request;
    }

    public RequestIdentity.Application application() {
        if (identity instanceof RequestIdentity.Application application) {
            return application;
        }
        throw new IllegalStateException("the request comes from no known application");
    }

    public ProxyWorker loop() {
        return loop;
    }

    /// Whether it may be sent again: its method promises that twice is like once, and its body, if it has one, was
    /// kept.
    public boolean repeatable() {
        return traits.idempotent() && body.isRepeatable();
    }

    public boolean isOver() {
        return phase == Phase.OVER;
    }

    void arrive() {
        arrived = true;
        setup.policy().arrived(this);
    }

    /// Sends the request to the upstream; once, and once more for each time that its answer was taken back.
    public void forward() {
        if (phase != Phase.WAITING) {
            throw new IllegalStateException("forwarded while " + phase);
        }
        if (!prepared) {
            prepared = true;
            UpstreamRequestHead.prepare(request, body.isNone(), caller, setup);
        }
        phase = Phase.CONNECTING;
        UpstreamConnection idle = loop.lines().idle(setup.target(), !repeatable());
        if (idle == null) {
            connect();
        } else {
            send(idle);
        }
    }

    /// Answers the request instead of the upstream.
    public void answer(FullHttpResponse own) {
        finish();
        if (traits.toHead()) {
            own.content().clear();
        }
        caller.writeOwn(this, own);
        caller.over(this);
    }

    /// Answers that something was wrong with the request or behind the gateway.
    void refuse(HttpProblem refused) {
        persistent &= !refused.closes();
        answer(GatewayResponses.problem(refused));
    }

    // To the upstream.

    private void connect() {
        loop.lines().connect(setup.target(), setup.settings().timeouts(), new UpstreamPool.ConnectCallback() {
            @Override
            public void connected(UpstreamConnection connected) {
                if (phase == Phase.CONNECTING) {
                    send(connected);
                } else {
                    connected.unused();
                }
            }

            @Override
            public void failed(Throwable why) {
                if (phase == Phase.CONNECTING) {
                    refuse(UpstreamProblems.unreachable(why));
                }
            }
        });
    }

    private void send(UpstreamConnection taken) {
        line = taken;
        phase = Phase.SENT;
        lastProgress = loop.now();
        taken.begin(this, traits.toHead());
        if (body.isNone()) {
            taken.send(new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    request.method(),
                    request.uri(),
                    Unpooled.EMPTY_BUFFER,
                    request.headers(),
                    EmptyHttpHeaders.INSTANCE));
        } else {
            taken.write(request);
            body.sendHeld(taken);
            takeMore();
        }
        if (caller.isReading()) {
            unsent = true;
        } else {
            taken.flush();
        }
    }

    /// Takes a piece of the request's body.
    void body(HttpContent content) {
        if (content.decoderResult().isFailure()) {
            content.release();
            brokenOff(RequestRules.unreadable(
                    content.decoderResult().cause(), setup.settings().sizes()));
            return;
        }
        if (content instanceof LastHttpContent) {
            body.completed();
        }
        if (body.isNone() || phase == Phase.OVER) {
            content.release();
            return;
        }
        lastProgress = loop.now();
        if (!body.fits(content)) {
            content.release();
            brokenOff(RequestRules.tooLarge(setup.settings().sizes()));
        } else if (line != null) {
            body.send(content, line);
            unsent = true;
            takeMore();
        } else if (!body.hold(content)) {
            caller.pauseReading();
        }
    }

    private void takeMore() {
        if (body.isComplete() || line == null || line.isWritable() || body.isRefused()) {
            caller.resumeReading();
        } else {
            caller.pauseReading();
        }
    }

    /// The request can't be read any further.
    private void brokenOff(HttpProblem why) {
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
        body.refused();
        caller.resumeReading();
    }

    // From the upstream.

    void answerHead(HttpResponse answer) {
        lastProgress = loop.now();
        int status = answer.status().code();
        if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                answerUnreadable();
            } else if (status == HttpResponseStatus.CONTINUE.code()
                    && traits.expectsContinue()
                    && phase == Phase.SENT) {
                caller.writeContinue();
            }
            return;
        }
        if (phase == Phase.ANSWERING) {
            abandon();
            return;
        }
        switch (setup.policy().answered(this, answer)) {
            case PASS -> pass(answer);
            case TAKE_BACK -> takeBack(false);
            case LOOK -> hold(answer);
        }
    }

    private void pass(HttpResponse answer) {
        phase = Phase.ANSWERING;
        caller.writeHead(this, answer);
    }

    private void hold(HttpResponse answer) {
        BufferedResponse holding = new BufferedResponse(answer);
        held = holding;
        loop.executor()
                .schedule(
                        () -> {
                            if (held == holding) {
                                looked(Optional.empty(), false);
                                caller.flush();
                            }
                        },
                        BufferedResponse.LONGEST_NANOS,
                        TimeUnit.NANOSECONDS);
    }

    /// As much has come of the answer that was held as is looked at.
    private void looked(Optional<ByteBuf> body, boolean whole) {
        BufferedResponse holding = Objects.requireNonNull(held);
        if (setup.policy().looked(this, holding.head(), body) == TrafficPolicy.ResponseAction.TAKE_BACK) {
            finishHolding();
            takeBack(whole);
            return;
        }
        held = null;
        pass(holding.head());
        holding.takePieces().forEach(piece -> answerBody(piece, piece instanceof LastHttpContent));
    }

    private void finishHolding() {
        if (held != null) {
            held.release();
            held = null;
        }
    }

    private void takeBack(boolean whole) {
        if (!repeatable()) {
            throw new IllegalStateException("the response to a request that can't be repeated was taken back");
        }
        UpstreamConnection taken = line;
        line = null;
        phase = Phase.WAITING;
        if (taken != null) {
            taken.release(!body.isRefused(), whole);
        }
        body.rewind();
    }

    void answerBody(HttpContent content, boolean last) {
        if (held != null) {
            lastProgress = loop.now();
            held.add(content);
            if (held.isTooLong()) {
                looked(Optional.empty(), last);
            } else if (last) {
                looked(Optional.of(held.body()), true);
            }
            return;
        }
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
            refuse(UpstreamProblems.NOT_HTTP);
        }
    }

    /// The connection to the upstream is gone before the answer's end.
    void lineLost(UpstreamConnection lost) {
        if (line != lost) {
            return;
        }
        line = null;
        if (phase == Phase.ANSWERING) {
            abandon();
        } else if (phase == Phase.SENT && repeatable() && lost.mayHaveBeenStale()) {
            phase = Phase.CONNECTING;
            body.rewind();
            connect();
        } else if (phase == Phase.SENT) {
            refuse(UpstreamProblems.NO_ANSWER);
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
        UpstreamConnection used = line;
        line = null;
        if (used != null && answerEnded) {
            used.release(body.isSent(), true);
        } else if (used != null) {
            used.close();
        }
        body.release();
        finishHolding();
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
                boolean sent = body.isComplete();
                if (sent && waited > timeouts.request().toNanos()) {
                    refuse(UpstreamProblems.silent(timeouts));
                } else if (!sent && waited > timeouts.idle().toNanos()) {
                    refuse(
                            line != null && !line.isWritable()
                                    ? UpstreamProblems.STOPPED_READING
                                    : RequestRules.BODY_LATE);
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

    ClientConnection caller() {
        return caller;
    }

    boolean isPersistent() {
        return persistent;
    }

    void notPersistent() {
        persistent = false;
    }

    public boolean isToHead() {
        return traits.toHead();
    }

    boolean isHttp10() {
        return traits.http10();
    }

    boolean isRequestComplete() {
        return body.isComplete();
    }

    boolean expectsContinue() {
        return traits.expectsContinue();
    }
}
