package dev.tactus.limits.apachehttp;

import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.time.InstantSource;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncDataConsumer;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.jspecify.annotations.Nullable;

/// The same as [PacingExecHandler] for Apache's asynchronous client; no thread waits. Thread-safe.
public final class PacingAsyncExecHandler implements AsyncExecChainHandler {
    private static final String NAME = "tactus-pacing";

    private final Pacer pacer;
    private final ResponseFeedback feedback;

    private PacingAsyncExecHandler(Pacer pacer, InstantSource clock) {
        this.pacer = pacer;
        feedback = new ResponseFeedback(clock);
    }

    /// Puts the pacer where it belongs in that client's chain.
    public static HttpAsyncClientBuilder pace(HttpAsyncClientBuilder client, Pacer pacer) {
        return pace(client, pacer, InstantSource.system());
    }

    /// The same by another clock.
    ///
    /// @param clock tells what dates in headers are relative to
    public static HttpAsyncClientBuilder pace(HttpAsyncClientBuilder client, Pacer pacer, InstantSource clock) {
        return client.addExecInterceptorBefore(
                ChainElement.PROTOCOL.name(), NAME, new PacingAsyncExecHandler(pacer, clock));
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback) {
        pacer.enter(CallRequest.to(request.getPath()), reply -> {
            switch (reply) {
                case Admission.Granted(Permit permit) -> proceed(request, entity, scope, chain, callback, permit);
                case Admission.Paused paused -> {
                    CallPause pause = new CallPause(paused);
                    callback.failed(new IOException(pause.getMessage(), pause));
                }
                case PacerReply.Late late -> throw new AssertionError("late without a deadline: " + late);
                case PacerReply.Closed closed -> callback.failed(new IOException("the pacer is closed"));
            }
        });
    }

    private void proceed(
            HttpRequest request,
            @Nullable AsyncEntityProducer entity,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback,
            Permit permit) {
        if (scope.cancellableDependency.isCancelled()) {
            permit.unused();
            callback.failed(new IOException("cancelled while waiting for a turn"));
            return;
        }
        try {
            chain.proceed(request, entity, scope, new SettlingCallback(callback, permit));
        } catch (IOException | HttpException | RuntimeException failed) {
            permit.lost();
            callback.failed(failed);
        }
    }

    /// Settles the permit with the answer's head, or with what came in its place.
    private final class SettlingCallback implements AsyncExecCallback {
        private final AsyncExecCallback callback;
        private final Permit permit;

        SettlingCallback(AsyncExecCallback callback, Permit permit) {
            this.callback = callback;
            this.permit = permit;
        }

        @Override
        public @Nullable AsyncDataConsumer handleResponse(HttpResponse answer, @Nullable EntityDetails entity)
                throws HttpException, IOException {
            permit.answered(feedback.of(answer));
            return callback.handleResponse(answer, entity);
        }

        @Override
        public void handleInformationResponse(HttpResponse answer) throws HttpException, IOException {
            callback.handleInformationResponse(answer);
        }

        @Override
        public void completed() {
            callback.completed();
        }

        @Override
        public void failed(Exception cause) {
            permit.lost();
            callback.failed(cause);
        }
    }
}
