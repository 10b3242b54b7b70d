package dev.tactus.limits.spring;

import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/// Lets the requests of a `RestClient` or a `RestTemplate` go no sooner than a [Pacer] allows, and tells it what the
/// answers say.
///
/// To be the last interceptor, so that each attempt of those before it is a call of its own. Where the pacer rests for
/// longer than callers wait, Spring throws a `ResourceAccessException` that says until when; its root cause is the
/// [CallPause]. Thread-safe.
public final class PacingRequestInterceptor implements ClientHttpRequestInterceptor {
    private final Pacer pacer;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();

    public PacingRequestInterceptor(Pacer pacer) {
        this(pacer, InstantSource.system());
    }

    /// @param clock tells what dates in headers are relative to
    public PacingRequestInterceptor(Pacer pacer, InstantSource clock) {
        this.pacer = pacer;
        this.clock = clock;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        return switch (acquire(request)) {
            case Admission.Granted(Permit permit) -> {
                try (permit) {
                    ClientHttpResponse answer = execution.execute(request, body);
                    HttpHeaders headers = answer.getHeaders();
                    permit.answered(parser.parse(
                            answer.getStatusCode().value(), name -> joined(headers, name), clock.instant()));
                    yield answer;
                }
            }
            case Admission.Paused paused -> {
                CallPause pause = new CallPause(paused);
                throw new IOException(pause.getMessage(), pause);
            }
        };
    }

    private static @Nullable String joined(HttpHeaders headers, String name) {
        var lines = headers.get(name);
        return lines == null ? null : String.join(", ", lines);
    }

    private Admission acquire(HttpRequest request) throws InterruptedIOException {
        String path = request.getURI().getRawPath();
        try {
            return pacer.acquire(path == null || path.isEmpty() ? "/" : path);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            InterruptedIOException ended = new InterruptedIOException("interrupted while waiting for a turn");
            ended.initCause(interrupted);
            throw ended;
        }
    }
}
