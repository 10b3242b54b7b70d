package dev.tactus.limits.okhttp;

import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.CallRequest;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.PacerReply;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.InstantSource;
import okhttp3.Interceptor;
import okhttp3.Response;

/// Lets OkHttp's calls go no sooner than a [Pacer] allows, and tells it what the answers say.
///
/// To be added with `addInterceptor`: then a call waits before it holds a connection. What OkHttp sends by itself for
/// one call (redirects, a second attempt after a broken connection) is not paced; see the README. A call's timeout is
/// its patience. Where the pacer rests for longer than callers wait, an [IOException] says until when; its cause is the
/// [CallPause]. Thread-safe.
public final class PacingInterceptor implements Interceptor {
    private final Pacer pacer;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();

    public PacingInterceptor(Pacer pacer) {
        this(pacer, InstantSource.system());
    }

    /// @param clock tells what dates in headers are relative to
    public PacingInterceptor(Pacer pacer, InstantSource clock) {
        this.pacer = pacer;
        this.clock = clock;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        return switch (acquire(chain)) {
            case Admission.Granted(Permit permit) -> {
                try (permit) {
                    if (chain.call().isCanceled()) {
                        permit.unused();
                        throw new IOException("Canceled");
                    }
                    Response answer = chain.proceed(chain.request());
                    permit.answered(parser.parse(answer.code(), answer.headers().toMultimap(), clock.instant()));
                    yield answer;
                }
            }
            case Admission.Paused paused -> {
                CallPause pause = new CallPause(paused);
                throw new IOException(pause.getMessage(), pause);
            }
            case PacerReply.Late late ->
                throw new InterruptedIOException(
                        "timeout: no turn within " + late.waited().toMillis() + " ms");
            case PacerReply.Closed closed -> throw new IOException("the pacer is closed");
        };
    }

    private PacerReply acquire(Chain chain) throws InterruptedIOException {
        CallRequest request = CallRequest.to(chain.request().url().encodedPath());
        long timeout = chain.call().timeout().timeoutNanos();
        try {
            return pacer.acquire(timeout > 0 ? request.within(Duration.ofNanos(timeout)) : request);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException ended = new InterruptedIOException("interrupted while waiting for a turn");
            ended.initCause(interrupted);
            throw ended;
        }
    }
}
