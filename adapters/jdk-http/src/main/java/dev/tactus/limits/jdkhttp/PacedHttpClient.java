package dev.tactus.limits.jdkhttp;

import dev.tactus.limits.Feedback;
import dev.tactus.limits.headers.FeedbackParser;
import dev.tactus.limits.pacing.Admission;
import dev.tactus.limits.pacing.CallPause;
import dev.tactus.limits.pacing.Pacer;
import dev.tactus.limits.pacing.Permit;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/// The JDK's HTTP client, sending no sooner than a [Pacer] allows, and telling it what the answers say.
///
/// It is an [HttpClient], so that code which takes one is paced without knowing. One client is for one API and one
/// credential, as one pacer is. Where the pacer rests for longer than callers wait, [CallPause] is thrown, or is what
/// the future ends with; nothing was sent then. An answer with a refusal is returned like any other. Thread-safe.
public final class PacedHttpClient extends HttpClient {
    private final HttpClient client;
    private final Pacer pacer;
    private final InstantSource clock;
    private final FeedbackParser parser = new FeedbackParser();

    /// @param client what sends; best with redirects that are not followed, as nobody paces or counts those
    public PacedHttpClient(HttpClient client, Pacer pacer) {
        this(client, pacer, InstantSource.system());
    }

    /// @param clock tells what dates in headers are relative to
    public PacedHttpClient(HttpClient client, Pacer pacer, InstantSource clock) {
        this.client = client;
        this.pacer = pacer;
        this.clock = clock;
    }

    @Override
    public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> bodies)
            throws IOException, InterruptedException {
        return switch (pacer.acquire(path(request))) {
            case Admission.Paused paused -> throw new CallPause(paused);
            case Admission.Granted(Permit permit) -> {
                try (permit) {
                    HttpResponse<T> answer = client.send(request, bodies);
                    permit.answered(feedback(answer));
                    yield answer;
                }
            }
        };
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, HttpResponse.BodyHandler<T> bodies) {
        return pacer.callAsync(path(request), () -> client.sendAsync(request, bodies), this::feedback)
                .toCompletableFuture();
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(
            HttpRequest request,
            HttpResponse.BodyHandler<T> bodies,
            HttpResponse.@Nullable PushPromiseHandler<T> pushes) {
        return pacer.callAsync(path(request), () -> client.sendAsync(request, bodies, pushes), this::feedback)
                .toCompletableFuture();
    }

    private static String path(HttpRequest request) {
        String path = request.uri().getRawPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    private Feedback feedback(HttpResponse<?> answer) {
        return parser.parse(answer.statusCode(), answer.headers().map(), clock.instant());
    }

    /// A web socket is one connection and is not paced.
    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return client.newWebSocketBuilder();
    }

    @Override
    public Optional<CookieHandler> cookieHandler() {
        return client.cookieHandler();
    }

    @Override
    public Optional<Duration> connectTimeout() {
        return client.connectTimeout();
    }

    @Override
    public Redirect followRedirects() {
        return client.followRedirects();
    }

    @Override
    public Optional<ProxySelector> proxy() {
        return client.proxy();
    }

    @Override
    public SSLContext sslContext() {
        return client.sslContext();
    }

    @Override
    public SSLParameters sslParameters() {
        return client.sslParameters();
    }

    @Override
    public Optional<Authenticator> authenticator() {
        return client.authenticator();
    }

    @Override
    public Version version() {
        return client.version();
    }

    @Override
    public Optional<Executor> executor() {
        return client.executor();
    }

    @Override
    public void shutdown() {
        client.shutdown();
    }

    @Override
    public void shutdownNow() {
        client.shutdownNow();
    }

    @Override
    public boolean awaitTermination(Duration duration) throws InterruptedException {
        return client.awaitTermination(duration);
    }

    @Override
    public boolean isTerminated() {
        return client.isTerminated();
    }

    /// Closes the client that sends; the pacer stays as it is.
    @Override
    public void close() {
        client.close();
    }
}
