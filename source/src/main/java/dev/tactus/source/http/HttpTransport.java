package dev.tactus.source.http;

import dev.tactus.source.profile.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/// Sends one HTTP request and reads its whole answer, within a deadline and up to a size. It never
/// repeats or redirects by itself.
///
/// Thread-safe; one connection pool. Meant for virtual threads, where an interrupt ends a blocked read.
public final class HttpTransport implements AutoCloseable {

    /// How much of a body that is too large is kept as evidence.
    static final int KEPT = 64 << 10;

    /// What became of a request.
    public sealed interface Outcome {}

    /// A whole answer.
    ///
    /// @param headers names in any case
    /// @param tooLarge whether the body is larger than allowed and `body` only its start
    @SuppressWarnings("ArrayRecordComponent")
    public record HttpResponse(int status, Map<String, String> headers, byte[] body, boolean tooLarge)
            implements Outcome {}

    /// The answer began but broke off.
    public record TruncatedResponse(int status, Map<String, String> headers, String detail) implements Outcome {}

    /// No answer came.
    ///
    /// @param sent whether the request may have reached the server
    public record NoResponse(boolean sent, String detail) implements Outcome {}

    private final HttpSettings settings;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    public HttpTransport(String name, HttpSettings settings, int connections) {
        this.settings = settings;
        this.deadlines = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("tactus-" + name + "-deadlines")
                .factory());
        Timeout idle = Timeout.of(settings.idle());
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(connections)
                        .setMaxConnPerRoute(connections)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(Timeout.of(settings.connect()))
                                .setSocketTimeout(idle)
                                .setValidateAfterInactivity(TimeValue.ofMilliseconds(200))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(Timeout.of(settings.total()))
                        .setResponseTimeout(idle)
                        .build())
                .setUserAgent("Tactus")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .build();
    }

    public Outcome get(URI uri, Map<String, String> headers) throws InterruptedException {
        return send(new HttpUriRequestBase("GET", uri), headers);
    }

    public Outcome postForm(URI uri, Map<String, String> headers, String form) throws InterruptedException {
        HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
        request.setEntity(new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
        return send(request, headers);
    }

    private Outcome send(HttpUriRequestBase request, Map<String, String> headers) throws InterruptedException {
        headers.forEach(request::setHeader);
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                settings.total().toNanos(),
                TimeUnit.NANOSECONDS);
        Outcome outcome;
        try {
            outcome = exchange(request, late);
        } finally {
            deadline.cancel(false);
        }
        // a whole answer is not thrown away; the interrupt then ends whatever blocks next
        if (!(outcome instanceof HttpResponse) && Thread.interrupted()) {
            throw new InterruptedException("interrupted while waiting for " + request.getRequestUri());
        }
        return outcome;
    }

    private Outcome exchange(HttpUriRequestBase request, AtomicBoolean late) {
        ClassicHttpResponse response;
        try {
            response = client.executeOpen(null, request, null);
        } catch (ConnectException
                | UnknownHostException
                | NoRouteToHostException
                | ConnectTimeoutException
                | SSLHandshakeException e) {
            return new NoResponse(false, detail(e, late));
        } catch (IOException e) {
            return new NoResponse(true, detail(e, late));
        }
        Map<String, String> headers = headers(response);
        try {
            return read(request, response, headers);
        } catch (IOException e) {
            return new TruncatedResponse(response.getCode(), headers, detail(e, late));
        } finally {
            Closer.closeQuietly(response);
        }
    }

    private Outcome read(HttpUriRequestBase request, ClassicHttpResponse response, Map<String, String> headers)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new HttpResponse(response.getCode(), headers, new byte[0], false);
        }
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(settings.maxBodyBytes());
        if (body.length == settings.maxBodyBytes() && in.read() >= 0) {
            request.cancel();
            return new HttpResponse(
                    response.getCode(), headers, Arrays.copyOf(body, Math.min(body.length, KEPT)), true);
        }
        return new HttpResponse(response.getCode(), headers, body, false);
    }

    private static Map<String, String> headers(ClassicHttpResponse response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Header header : response.getHeaders()) {
            // only lists may be spread over several lines (RFC 9110, 5.3)
            headers.merge(
                    header.getName(),
                    header.getValue() == null ? "" : header.getValue(),
                    (one, more) ->
                            header.getName().regionMatches(true, 0, "RateLimit", 0, 9) ? one + ", " + more : one);
        }
        return headers;
    }

    private String detail(IOException e, AtomicBoolean late) {
        if (late.get()) {
            return "no whole answer within " + settings.total().toMillis() + " ms";
        }
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : message;
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
