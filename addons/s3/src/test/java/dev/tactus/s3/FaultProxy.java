package dev.tactus.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/// Stands between a client and a server of HTTP/1.1, a request a connection, and lets a share of the requests fail:
/// 503 before the server sees it, or the connection cut after the server has done it and before the client is told.
final class FaultProxy implements AutoCloseable {
    private static final byte[] UNAVAILABLE = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listening;
    private final int server;
    private final double share;
    private final Random random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final AtomicLong unavailable = new AtomicLong();
    final AtomicLong cut = new AtomicLong();

    FaultProxy(int server, double share, long seed) throws IOException {
        this.server = server;
        this.share = share;
        this.random = new Random(seed);
        this.listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (!listening.isClosed()) {
                Socket client = listening.accept();
                threads.execute(() -> pass(client));
            }
        } catch (IOException closed) {
            // nobody asks any more
            return;
        }
    }

    private synchronized double roll() {
        return random.nextDouble();
    }

    private void pass(Socket client) {
        try {
            exchange(client);
        } catch (IOException gone) {
            // the client tells
            return;
        }
    }

    private void exchange(Socket client) throws IOException {
        double roll = roll();
        try (client;
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
            InputStream request = client.getInputStream();
            OutputStream answer = client.getOutputStream();
            byte[] head = head(request);
            String text = new String(head, StandardCharsets.ISO_8859_1);
            if (roll < share / 2) {
                unavailable.incrementAndGet();
                answer.write(UNAVAILABLE);
                return;
            }
            OutputStream up = upstream.getOutputStream();
            // one request a connection, so that what follows its head is its body
            String once =
                    text.replaceAll("(?i)\r\nConnection: [^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
            boolean expects = text.toLowerCase(Locale.ROOT).contains("expect: 100-continue");
            up.write(once.replaceAll("(?i)\r\nExpect: [^\r]*", "").getBytes(StandardCharsets.ISO_8859_1));
            up.flush();
            if (expects) {
                answer.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                answer.flush();
            }
            up.write(request.readNBytes(length(text)));
            up.flush();
            byte[] response = upstream.getInputStream().readAllBytes();
            if (roll < share) {
                cut.incrementAndGet();
                client.setSoLinger(true, 0);
                return;
            }
            answer.write(response);
            answer.flush();
        }
    }

    private static int length(String head) {
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }

    private static byte[] head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                return head.toByteArray();
            }
        }
        throw new IOException("no request");
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
        threads.close();
    }
}
