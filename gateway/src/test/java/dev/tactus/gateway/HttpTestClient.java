package dev.tactus.gateway;

import dev.tactus.gateway.FakeUpstream.Wire;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A caller on a plain socket, which can send whatever bytes a test wants.
final class HttpTestClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    HttpTestClient(InetSocketAddress to) throws IOException {
        this(new Socket(to.getAddress(), to.getPort()));
    }

    HttpTestClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /// An answer's head and its whole body.
    record Answer(Wire.Message head, String body) {
        int status() {
            return head.status();
        }

        String field(String name) {
            return head.field(name);
        }
    }

    HttpTestClient send(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    OutputStream out() {
        return out;
    }

    InputStream in() {
        return in;
    }

    /// Sends a GET and reads its answer.
    Answer get(String path, String... fields) throws IOException {
        send("GET " + path + " HTTP/1.1\r\nHost: api.example\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n") + "\r\n");
        return read();
    }

    Answer read() throws IOException {
        Wire.Message head = Wire.readHead(in);
        if (head.isNone()) {
            throw new IOException("the connection was closed instead of an answer");
        }
        return new Answer(head, head.status() == 100 ? "" : Wire.readBody(in, head));
    }

    /// Reads the head alone, as of an answer to HEAD.
    Wire.Message readHead() throws IOException {
        return Wire.readHead(in);
    }

    /// Whether the gateway has ended the connection, with a reset or in order; what still comes is read.
    boolean isEnded() throws IOException {
        try {
            while (in.read() >= 0) {
                // nobody asked for more
            }
            return true;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
