package dev.tactus.limits.apachehttp;

import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/// Lets the requests of Apache's classic client go no sooner than a [Pacer] allows, and tells it what the answers say.
///
/// It stands behind the client's own retries and redirects, so that each of them is a call of its own, and before the
/// connection is leased, so that nobody holds one while waiting. Where the pacer rests for longer than callers wait, an
/// [IOException] says until when; its cause is the [CallPause]. Thread-safe.
public final class PacingExecHandler implements ExecChainHandler {
    private static final String NAME = "tactus-pacing";

    private final Pacer pacer;
    private final ResponseFeedback feedback;

    private PacingExecHandler(Pacer pacer, InstantSource clock) {
        this.pacer = pacer;
        feedback = new ResponseFeedback(clock);
    }

    /// Puts the pacer where it belongs in that client's chain.
    public static HttpClientBuilder pace(HttpClientBuilder client, Pacer pacer) {
        return pace(client, pacer, InstantSource.system());
    }

    /// The same by another clock.
    ///
    /// @param clock tells what dates in headers are relative to
    public static HttpClientBuilder pace(HttpClientBuilder client, Pacer pacer, InstantSource clock) {
        return client.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), NAME, new PacingExecHandler(pacer, clock));
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        return switch (acquire(request.getPath())) {
            case Admission.Granted(Permit permit) -> {
                try (permit) {
                    ClassicHttpResponse answer = chain.proceed(request, scope);
                    permit.answered(feedback.of(answer));
                    yield answer;
                }
            }
            case Admission.Paused paused -> {
                CallPause pause = new CallPause(paused);
                throw new IOException(pause.getMessage(), pause);
            }
        };
    }

    private Admission acquire(String path) throws InterruptedIOException {
        try {
            return pacer.acquire(path);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException ended = new InterruptedIOException("interrupted while waiting for a turn");
            ended.initCause(interrupted);
            throw ended;
        }
    }
}
