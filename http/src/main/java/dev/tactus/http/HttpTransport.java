package dev.tactus.http;

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

/// Sends one HTTP request and reads its complete response, within a deadline and up to a size. It never repeats or
/// redirects by itself.
///
/// Thread-safe; one connection pool. Meant for virtual threads, where an interrupt ends a blocked read.
public final class HttpTransport implements AutoCloseable {
    /// How much of a body that is too large is kept as evidence.
    static final int KEPT = 64 << 10;

    private final HttpSettings settings;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService deadlines;

    /// @param name of the client, for its thread
    /// @param connections the most at once
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

    public HttpOutcome get(URI uri, Map<String, String> headers) throws InterruptedException {
        return send(new HttpUriRequestBase("GET", uri), headers);
    }

    public HttpOutcome postForm(URI uri, Map<String, String> headers, String form) throws InterruptedException {
        return post(uri, headers, new StringEntity(form, ContentType.APPLICATION_FORM_URLENCODED));
    }

    public HttpOutcome postJson(URI uri, Map<String, String> headers, String json) throws InterruptedException {
        return post(uri, headers, new StringEntity(json, ContentType.APPLICATION_JSON));
    }

    private HttpOutcome post(URI uri, Map<String, String> headers, HttpEntity body) throws InterruptedException {
        HttpUriRequestBase request = new HttpUriRequestBase("POST", uri);
        request.setEntity(body);
        return send(request, headers);
    }

    private HttpOutcome send(HttpUriRequestBase request, Map<String, String> headers) throws InterruptedException {
        headers.forEach(request::setHeader);
        AtomicBoolean late = new AtomicBoolean();
        Future<?> deadline = deadlines.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                settings.total().toNanos(),
                TimeUnit.NANOSECONDS);
        HttpOutcome outcome;
        try {
            outcome = exchange(request, late);
        } finally {
            deadline.cancel(false);
        }
        // a complete response is not thrown away; the interrupt then ends whatever blocks next
        if (!(outcome instanceof HttpOutcome.Response) && Thread.interrupted()) {
            // the query may hold a key
            throw new InterruptedException(
                    "interrupted while waiting for " + request.getRequestUri().replaceFirst("\\?.*", ""));
        }
        return outcome;
    }

    private HttpOutcome exchange(HttpUriRequestBase request, AtomicBoolean late) {
        ClassicHttpResponse response;
        try {
            response = client.executeOpen(null, request, null);
        } catch (ConnectException
                | UnknownHostException
                | NoRouteToHostException
                | ConnectTimeoutException
                | SSLHandshakeException e) {
            return new HttpOutcome.NoResponse(false, e, detail(e, late));
        } catch (IOException e) {
            return new HttpOutcome.NoResponse(true, e, detail(e, late));
        }
        Map<String, String> headers = headers(response);
        try {
            return read(request, response, headers);
        } catch (IOException e) {
            return new HttpOutcome.Truncated(response.getCode(), headers, detail(e, late));
        } finally {
            Closer.closeQuietly(response);
        }
    }

    private HttpOutcome read(HttpUriRequestBase request, ClassicHttpResponse response, Map<String, String> headers)
            throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new HttpOutcome.Response(response.getCode(), headers, new byte[0], false);
        }
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(settings.maxBodyBytes());
        if (body.length == settings.maxBodyBytes() && in.read() >= 0) {
            request.cancel();
            return new HttpOutcome.Response(
                    response.getCode(), headers, Arrays.copyOf(body, Math.min(body.length, KEPT)), true);
        }
        return new HttpOutcome.Response(response.getCode(), headers, body, false);
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
            return "no complete response within " + settings.total().toMillis() + " ms";
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
