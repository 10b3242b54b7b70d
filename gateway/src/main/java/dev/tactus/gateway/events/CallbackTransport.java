package dev.tactus.gateway.events;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Sends one request over one connection to an address that was looked at before.
///
/// The JDK's client looks names up by itself, so that between a look at an address and the connection another one
/// could come (DNS rebinding). Redirects are not followed and bodies not read. Thread-safe.
final class CallbackTransport {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int LONGEST_HEAD = 16 * 1024;

    private final PublicAddresses addresses;
    private final SSLSocketFactory tls;

    CallbackTransport(PublicAddresses addresses, SSLSocketFactory tls) {
        this.addresses = addresses;
        this.tls = tls;
    }

    /// A status and the fields beside it, their names in small letters.
    record Answer(int status, Map<String, String> fields) {
        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /// @throws IOException if there is no answer; its message holds no address
    Answer send(String method, URI to, Map<String, String> fields, String body) throws IOException {
        boolean secure = "https".equalsIgnoreCase(to.getScheme());
        int port = to.getPort() >= 0 ? to.getPort() : secure ? 443 : 80;
        InetAddress address = addresses.find(to.getHost());
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(address, port), (int) TIMEOUT.toMillis());
            plain.setSoTimeout((int) TIMEOUT.toMillis());
            try (Socket socket = secure ? secured(plain, to.getHost(), port) : plain) {
                byte[] content = body.getBytes(StandardCharsets.UTF_8);
                OutputStream out = socket.getOutputStream();
                out.write(head(method, to, fields, content.length).getBytes(StandardCharsets.ISO_8859_1));
                out.write(content);
                out.flush();
                return answer(new BufferedInputStream(socket.getInputStream()));
            }
        }
    }

    private Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(String method, URI to, Map<String, String> fields, int length) {
        String path = to.getRawPath() == null || to.getRawPath().isEmpty() ? "/" : to.getRawPath();
        StringBuilder head = new StringBuilder(method)
                .append(' ')
                .append(path)
                .append(to.getRawQuery() == null ? "" : "?" + to.getRawQuery())
                .append(" HTTP/1.1\r\nHost: ")
                .append(to.getRawAuthority())
                .append("\r\nConnection: close\r\nUser-Agent: tactus\r\n");
        if (length > 0) {
            head.append("Content-Type: application/cloudevents+json\r\nContent-Length: ")
                    .append(length)
                    .append("\r\n");
        }
        fields.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
    }

    private static Answer answer(InputStream in) throws IOException {
        int[] left = {LONGEST_HEAD};
        String start = line(in, left);
        while (start.matches("HTTP/1\\.[01] 1\\d\\d.*")) {
            while (!line(in, left).isEmpty()) {
                // an interim response
            }
            start = line(in, left);
        }
        if (!start.matches("HTTP/1\\.[01] [2-5]\\d\\d( .*)?")) {
            throw new IOException("the callback's response is not HTTP");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        return new Answer(Integer.parseInt(start.substring(9, 12)), fields);
    }

    private static String line(InputStream in, int[] left) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (--left[0] < 0) {
                throw new IOException("the callback's response has no end");
            }
            if (b == '\n') {
                return line.toString().stripTrailing();
            }
            line.append((char) b);
        }
        throw new IOException("the callback closed the connection without a response");
    }
}
