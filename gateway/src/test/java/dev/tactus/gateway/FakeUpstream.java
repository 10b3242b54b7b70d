package dev.tactus.gateway;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// An API behind the gateway, on plain sockets, so that a test can do with each connection what it wants.
final class FakeUpstream implements AutoCloseable {
    /// What it does with a request.
    interface Service {
        void serve(Wire wire) throws IOException;
    }

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Wire.Message> seen = new ConcurrentLinkedQueue<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile Service service;

    FakeUpstream(Service service) throws IOException {
        this(new ServerSocket(0, 500, InetAddress.getLoopbackAddress()), service);
    }

    private FakeUpstream(ServerSocket server, Service service) {
        this.service = service;
        this.server = server;
        Thread.ofVirtual().name("fake-upstream").start(this::accept);
    }

    /// One on a socket of another kind.
    static FakeUpstream on(ServerSocket server, Service service) {
        return new FakeUpstream(server, service);
    }

    /// One that answers each request with 200 and this text.
    static FakeUpstream saying(String text) throws IOException {
        return new FakeUpstream(wire -> wire.answer(200, text));
    }

    int port() {
        return server.getLocalPort();
    }

    void becomes(Service other) {
        service = other;
    }

    /// Heads of the requests that came.
    List<Wire.Message> seen() {
        return List.copyOf(seen);
    }

    int connections() {
        return connections.get();
    }

    int openConnections() {
        return open.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().name("fake-upstream-connection").start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (!socket.isClosed()) {
                Wire.Message request = Wire.readHead(in);
                if (request.isNone()) {
                    return;
                }
                seen.add(request);
                service.serve(new Wire(request, socket, in, out));
            }
        } catch (IOException e) {
            // the gateway has gone
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A connection on which a request has come.
    record Wire(Message request, Socket socket, InputStream in, OutputStream out) {
        /// A start line and its fields, as they came.
        record Message(String start, List<String> fields) {
            boolean isNone() {
                return start.isEmpty();
            }

            /// The values of a field, in order.
            List<String> all(String name) {
                return fields.stream()
                        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                        .map(line -> line.substring(name.length() + 1).strip())
                        .toList();
            }

            String field(String name) {
                List<String> values = all(name);
                return values.isEmpty() ? "" : values.getFirst();
            }

            boolean has(String name) {
                return !all(name).isEmpty();
            }

            int status() {
                return Integer.parseInt(start.split(" ", -1)[1]);
            }
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /// Reads the body and answers.
        void answer(int status, String body, String... fields) throws IOException {
            readBody(in, request);
            StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
            for (String field : fields) {
                head.append(field).append("\r\n");
            }
            send(head + "Content-Length: " + body.length() + "\r\n\r\n"
                    + (request.start().startsWith("HEAD ") ? "" : body));
        }

        /// Ends the connection with a reset.
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        static Message readHead(InputStream in) throws IOException {
            String start = readLine(in);
            List<String> fields = new java.util.ArrayList<>();
            for (String line = start; !line.isEmpty(); ) {
                line = readLine(in);
                if (!line.isEmpty()) {
                    fields.add(line);
                }
            }
            return new Message(start, fields);
        }

        static String readLine(InputStream in) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int b; (b = in.read()) >= 0; ) {
                if (b == '\n') {
                    return line.substring(0, Math.max(0, line.length() - 1));
                }
                line.append((char) b);
            }
            return "";
        }

        /// The whole body by its framing; of an answer without one until the end.
        static String readBody(InputStream in, Message message) throws IOException {
            StringBuilder body = new StringBuilder();
            if (message.field("Transfer-Encoding").equals("chunked")) {
                int size;
                do {
                    size = Integer.parseInt(readLine(in), 16);
                    body.append(new String(in.readNBytes(size), StandardCharsets.ISO_8859_1));
                    if (size > 0) {
                        readLine(in);
                    }
                } while (size > 0);
                for (String trailer = readLine(in); !trailer.isEmpty(); trailer = readLine(in)) {
                    body.append("[trailer ").append(trailer).append(']');
                }
            } else if (message.has("Content-Length")) {
                body.append(new String(
                        in.readNBytes(
                                (int) Math.min(Integer.MAX_VALUE, Long.parseLong(message.field("Content-Length")))),
                        StandardCharsets.ISO_8859_1));
            } else if (message.start().startsWith("HTTP/") && message.status() != 204 && message.status() != 304) {
                body.append(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            }
            return body.toString();
        }
    }
}
