package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.GatewayResponses;
import dev.tactus.gateway.http.HttpProblem;
import dev.tactus.gateway.http.RequestRules;
import dev.tactus.gateway.http.RequestTrailers;
import dev.tactus.gateway.http.RequestTraits;
import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.network.Timeouts;
import dev.tactus.gateway.proxy.ExchangeState.Event;
import dev.tactus.gateway.upstream.ProxyWorker;
import dev.tactus.gateway.upstream.UpstreamConnection;
import dev.tactus.gateway.upstream.UpstreamPool;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One request and its answer, from the request's head to whichever end it takes.
///
/// [ExchangeState] says what may happen when. Bodies pass in pieces, in both directions at once, and the slower side
/// slows the other one down. Used on its worker's event loop only.
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the connection, and that is seen
public final class Exchange implements UpstreamConnection.ResponseListener {
    private final ClientConnection client;
    private final ProxyWorker worker;
    private final RuntimeConfig config;
    private final HttpRequest request;
    private final String target;
    private final RequestIdentity identity;
    private final RequestTraits traits;
    private final RequestBody body;
    private final ExchangeRetries retries;

    private ExchangeState state = ExchangeState.RECEIVED;
    private @Nullable UpstreamConnection connection;
    private @Nullable BufferedResponse held;
    private @Nullable SpareResponse spare;
    private @Nullable AnswerAppearance appearance;
    /// Whether the client's connection goes on after the response.
    private boolean persistent;
    /// Whether something was written to the upstream that has not been flushed.
    private boolean unflushed;
    private long lastProgress;
    private final @Nullable AccessEntry entry;

    Exchange(
            ClientConnection client,
            ProxyWorker worker,
            RuntimeConfig config,
            HttpRequest request,
            RequestIdentity identity) {
        this.client = client;
        this.worker = worker;
        this.config = config;
        this.request = request;
        this.target = request.uri();
        this.identity = identity;
        persistent = HttpUtil.isKeepAlive(request);
        traits = RequestTraits.of(request);
        body = new RequestBody(
                traits.bodiless(),
                request instanceof LastHttpContent,
                traits.idempotent()
                        && identity instanceof RequestIdentity.Application
                        && (config.policy().repeats() || ExchangeRetries.mayRepeat(config.settings())),
                config.settings().sizes().body());
        retries = new ExchangeRetries(config.settings());
        lastProgress = worker.now();
        entry = AccessEntry.of(config, request, identity, client, lastProgress);
    }

    // What a policy needs.

    public HttpRequest request() {
        return request;
    }

    RequestIdentity identity() {
        return identity;
    }

    public RequestIdentity.Application application() {
        if (identity instanceof RequestIdentity.Application application) {
            return application;
        }
        throw new IllegalStateException("the request comes from no known application");
    }

    /// Where everything about it happens.
    public EventLoop loop() {
        return worker.executor();
    }

    public ProxyWorker worker() {
        return worker;
    }

    /// Whether it may be sent again: its method promises that twice is like once, and its body, if it has one, was
    /// kept.
    public boolean repeatable() {
        return traits.idempotent() && body.isRepeatable();
    }

    public boolean isOver() {
        return state == ExchangeState.ENDED;
    }

    /// What was asked for, as the caller wrote it.
    public String path() {
        return target;
    }

    void admit() {
        state = state.after(Event.ADMIT);
        config.policy().arrived(this);
    }

    /// Sends the request to the upstream; once, and once more for each time that its answer was taken back.
    public void forward() {
        boolean first = state == ExchangeState.WAITING;
        state = state.after(Event.FORWARD);
        if (first) {
            UpstreamRequestHead.prepare(request, body.isNone(), client, config);
            if (entry != null) {
                entry.sentOn(worker.now());
            }
        }
        UpstreamConnection idle = worker.pool().idle(config.target(), !repeatable());
        if (idle == null) {
            connect();
        } else {
            send(idle);
        }
    }

    RuntimeConfig config() {
        return config;
    }

    /// Answers the request instead of the upstream.
    public void answer(FullHttpResponse own) {
        if (entry != null) {
            entry.answered(own.status().code(), true);
            entry.passed(traits.toHead() ? 0 : own.content().readableBytes());
        }
        finish(false);
        if (traits.toHead()) {
            own.content().clear();
        }
        client.writeOwn(this, own);
        client.over(this);
    }

    /// Answers that something was wrong with the request or behind the gateway.
    void refuse(HttpProblem refused) {
        persistent &= !refused.closes();
        answer(GatewayResponses.problem(refused));
    }

    // To the upstream.

    private void connect() {
        worker.pool().connect(config.target(), config.settings().timeouts(), new UpstreamPool.ConnectCallback() {
            @Override
            public void connected(UpstreamConnection connected) {
                if (state == ExchangeState.CONNECTING) {
                    send(connected);
                } else {
                    connected.returnUnused();
                }
            }

            @Override
            public void failed(Throwable why) {
                if (state == ExchangeState.CONNECTING) {
                    if (retries.takeUnsent()) {
                        connect();
                    } else if (!recall()) {
                        answer(UpstreamProblems.unreachable(why));
                    }
                }
            }
        });
    }

    private void send(UpstreamConnection taken) {
        connection = taken;
        state = state.after(Event.SEND);
        lastProgress = worker.now();
        taken.lend(this, traits.toHead());
        if (body.isNone()) {
            taken.send(UpstreamRequestHead.bodiless(request));
        } else {
            taken.write(request);
            body.sendHeld(taken);
            takeMore();
        }
        if (client.isReading()) {
            unflushed = true;
        } else {
            taken.flush();
        }
    }

    /// Takes a piece of the request's body.
    void body(HttpContent content) {
        if (state == ExchangeState.ENDED) {
            content.release();
            return;
        }
        if (content.decoderResult().isFailure()) {
            content.release();
            brokenOff(RequestRules.unreadable(
                    content.decoderResult().cause(), config.settings().sizes()));
            return;
        }
        if (content instanceof LastHttpContent last) {
            body.completed();
            if (!last.trailingHeaders().isEmpty()) {
                RequestTrailers.strip(
                        last.trailingHeaders(), config.settings().identify().field());
            }
        }
        if (body.isNone()) {
            content.release();
            return;
        }
        lastProgress = worker.now();
        if (!body.fits(content)) {
            content.release();
            brokenOff(RequestRules.tooLarge(config.settings().sizes()));
        } else if (connection != null) {
            body.send(content, connection);
            unflushed = true;
            takeMore();
        } else if (!body.hold(content)) {
            client.pauseReading();
        }
    }

    private void takeMore() {
        if (body.isComplete() || connection == null || connection.isWritable() || body.isRefused()) {
            client.resumeReading();
        } else {
            client.pauseReading();
        }
    }

    /// The request can't be read any further.
    private void brokenOff(HttpProblem why) {
        if (state == ExchangeState.RESPONDING) {
            abandon();
        } else {
            refuse(why);
        }
    }

    /// What was read from the caller's connection at once has been taken.
    void readComplete() {
        if (unflushed && connection != null) {
            unflushed = false;
            connection.flush();
        }
    }

    @Override
    public void upstreamTakesMore() {
        lastProgress = worker.now();
        takeMore();
    }

    @Override
    public void sendingFailed() {
        body.refused();
        client.resumeReading();
    }

    // From the upstream.

    @Override
    public void responseHead(HttpResponse answer) {
        lastProgress = worker.now();
        int status = answer.status().code();
        if (answer.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
                responseUnreadable();
            } else if (status == HttpResponseStatus.CONTINUE.code()
                    && traits.expectsContinue()
                    && state == ExchangeState.SENT) {
                client.writeContinue();
            } else if (status != HttpResponseStatus.CONTINUE.code() && state == ExchangeState.SENT) {
                client.writeInterim(answer);
            }
            return;
        }
        discardSpare();
        if (repeatable() && retries.takeAnswered(answer)) {
            setAside(answer);
            return;
        }
        take(answer);
    }

    private void take(HttpResponse answer) {
        switch (config.policy().answered(this, answer)) {
            case PASS -> pass(answer);
            case TAKE_BACK -> takeBack(false);
            case LOOK -> hold(answer);
        }
    }

    /// Asks another address, and keeps the answer for the case that there is no better one.
    private void setAside(HttpResponse answer) {
        spare = new SpareResponse(answer, Objects.requireNonNull(connection), !body.isRefused());
        connection = null;
        state = state.after(Event.RETRY);
        body.rewind();
        connect();
    }

    /// Goes on with the answer that was set aside, if there is one: no address has given a better one.
    private boolean recall() {
        SpareResponse aside = spare;
        if (aside == null || !aside.isUsable()) {
            return false;
        }
        spare = null;
        if (connection != null) {
            connection.close();
        }
        if (state == ExchangeState.CONNECTING) {
            state = state.after(Event.RECALL);
        }
        lastProgress = worker.now();
        connection = aside.takeConnection(this);
        take(aside.head());
        aside.takePieces().forEach(piece -> responseBody(piece, piece instanceof LastHttpContent));
        if (connection != null) {
            connection.resumeReading();
        }
        client.flush();
        return true;
    }

    private void discardSpare() {
        if (spare != null) {
            spare.discard();
            spare = null;
        }
    }

    private void pass(HttpResponse answer) {
        state = state.after(Event.PASS);
        if (entry != null) {
            entry.answered(answer.status().code(), false);
        }
        appearance = AnswerAppearance.of(this, answer, config.polling());
        client.writeHead(this, answer);
    }

    private void hold(HttpResponse answer) {
        state = state.after(Event.HOLD);
        BufferedResponse holding = new BufferedResponse(answer, config.policy().mostLookedAt());
        held = holding;
        BufferedResponse.atTheLatest(worker.executor(), () -> {
            if (held == holding) {
                looked(Optional.empty(), false);
                client.flush();
            }
        });
    }

    /// As much has come of the answer that was held as is looked at.
    private void looked(Optional<ByteBuf> body, boolean whole) {
        BufferedResponse holding = Objects.requireNonNull(held);
        if (config.policy().looked(this, holding.head(), body) == TrafficPolicy.ResponseAction.TAKE_BACK) {
            finishHolding();
            takeBack(whole);
            return;
        }
        held = null;
        pass(holding.head());
        holding.takePieces().forEach(piece -> responseBody(piece, piece instanceof LastHttpContent));
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
        rewind(Event.TAKE_BACK, whole);
    }

    private void sendAnew() {
        rewind(Event.RETRY, false);
        connect();
    }

    private void rewind(Event because, boolean whole) {
        UpstreamConnection taken = connection;
        connection = null;
        state = state.after(because);
        if (taken != null) {
            taken.release(!body.isRefused(), whole);
        }
        body.rewind();
    }

    @Override
    public void responseBody(HttpContent content, boolean last) {
        if (held != null) {
            lastProgress = worker.now();
            held.add(content);
            if (held.isTooLong()) {
                looked(Optional.empty(), last);
            } else if (last) {
                looked(Optional.of(held.body()), true);
            }
            return;
        }
        if (state != ExchangeState.RESPONDING) {
            content.release();
            return;
        }
        lastProgress = worker.now();
        if (appearance != null) {
            appearance.add(content.content(), last);
        }
        if (entry != null) {
            entry.passed(content.content().readableBytes());
        }
        client.writeBody(content);
        if (last) {
            finish(true);
            client.over(this);
        } else if (!client.isWritable() && connection != null) {
            connection.pauseReading();
        }
    }

    void clientTakesMore() {
        lastProgress = worker.now();
        if (connection != null) {
            connection.resumeReading();
        }
    }

    @Override
    public void responseRead() {
        client.flush();
    }

    @Override
    public void responseUnreadable() {
        if (state == ExchangeState.RESPONDING) {
            abandon();
        } else if (!recall()) {
            refuse(UpstreamProblems.NOT_HTTP);
        }
    }

    @Override
    public void connectionLost(boolean stale) {
        connection = null;
        if (state == ExchangeState.RESPONDING) {
            abandon();
        } else if (repeatable() && (stale || retries.takeSent())) {
            sendAnew();
        } else if (!recall()) {
            refuse(UpstreamProblems.NO_ANSWER);
        }
        client.flush();
    }

    // Ends.

    /// The caller has left.
    void clientGone() {
        if (state != ExchangeState.ENDED) {
            finish(false);
        }
    }

    /// An answer that can't be brought to its end: the caller must see that it has none.
    private void abandon() {
        finish(false);
        client.abort();
    }

    /// @param whole whether the client has got all of the upstream's response
    private void finish(boolean whole) {
        boolean admitted = state != ExchangeState.RECEIVED;
        state = state.after(Event.END);
        UpstreamConnection used = connection;
        connection = null;
        if (used != null && whole) {
            used.release(body.isSent(), true);
        } else if (used != null) {
            used.close();
        }
        body.release();
        finishHolding();
        discardSpare();
        if (admitted) {
            config.policy().ended(this);
        }
        if (entry != null) {
            entry.ended(worker.now(), whole);
        }
    }

    void sweep(long now) {
        Timeouts timeouts = config.settings().timeouts();
        long waited = now - lastProgress;
        switch (state) {
            case RECEIVED, WAITING, TAKEN_BACK, CONNECTING, ENDED -> {}
            case SENT, HOLDING -> {
                HttpProblem late = ExchangeTimeout.unanswered(waited, body.isComplete(), connection, timeouts);
                if (late != null && !recall()) {
                    refuse(late);
                }
            }
            case RESPONDING -> {
                if (waited > timeouts.idle().toNanos()) {
                    abandon();
                }
            }
        }
    }

    // What its caller needs.

    ClientConnection client() {
        return client;
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

    /// Whether more of it may still be coming that nobody can read.
    boolean isUnreadable() {
        return request.decoderResult().isFailure();
    }

    boolean expectsContinue() {
        return traits.expectsContinue();
    }
}
