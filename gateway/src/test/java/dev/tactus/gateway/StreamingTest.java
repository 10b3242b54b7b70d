package dev.tactus.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bodies far larger than what may be held, both ways.
@SuppressWarnings("StringConcatToTextBlock") // every CR and LF is meant
class StreamingTest {
    private static final long GIGABYTE = 1024L * 1024 * 1024;
    private static final long MOST_HELD = 64L * 1024 * 1024;

    @TempDir
    Path folder;

    @AfterAll
    static void leaksNothing() {
        assertThat(LeakRecorder.found()).isEmpty();
    }

    @Test
    void aGigabyteComesDownInLittleMemory() throws Exception {
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
                    write(wire.out(), GIGABYTE);
                });
                HttpTestClient client = rig.client()) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.readHead().field("Content-Length")).isEqualTo(Long.toString(GIGABYTE));
            assertThat(mostHeldWhileReading(client.in())).isLessThan(MOST_HELD);
        }
    }

    @Test
    void aGigabyteGoesUpInLittleMemory() throws Exception {
        AtomicLong received = new AtomicLong();
        AtomicLong most = new AtomicLong();
        try (TestGateway rig = rig(wire -> {
                    most.set(mostHeldWhileReading(wire.in()));
                    received.set(GIGABYTE);
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
                HttpTestClient client = rig.client()) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
            write(client.out(), GIGABYTE);
            assertThat(client.read().status()).isEqualTo(200);
            assertThat(received.get()).isEqualTo(GIGABYTE);
            assertThat(most.get()).isLessThan(MOST_HELD);
        }
    }

    /// A caller that doesn't read stops the upstream, which can't go on writing for ever.
    @Test
    void aCallerThatDoesNotReadHoldsTheUpstreamBack() throws Exception {
        AtomicLong written = new AtomicLong();
        try (TestGateway rig = rig(wire -> {
                    wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + GIGABYTE + "\r\n\r\n");
                    byte[] piece = new byte[64 * 1024];
                    for (long at = 0; at < GIGABYTE; at += piece.length) {
                        wire.out().write(piece);
                        written.addAndGet(piece.length);
                    }
                });
                HttpTestClient slow = rig.client();
                HttpTestClient other = rig.client()) {
            slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            TestGateway.until(() -> written.get() > 0);
            rig.upstream.becomes(wire -> wire.answer(200, "ok"));
            // many exchanges of another caller later, the upstream is still held back
            for (int i = 0; i < 2000; i++) {
                assertThat(other.get("/").status()).isEqualTo(200);
            }
            assertThat(written.get()).isLessThan(MOST_HELD);
            assertThat(slow.readHead().status()).isEqualTo(200);
            mostHeldWhileReading(slow.in());
        }
    }

    private static void write(OutputStream out, long bytes) throws java.io.IOException {
        byte[] piece = new byte[256 * 1024];
        for (long at = 0; at < bytes; at += piece.length) {
            out.write(piece);
        }
        out.flush();
    }

    /// Reads a gigabyte and looks at the gateway's buffers meanwhile.
    private static long mostHeldWhileReading(InputStream in) throws java.io.IOException {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        byte[] piece = new byte[256 * 1024];
        long most = 0;
        long looked = 0;
        for (long left = GIGABYTE; left > 0; ) {
            int read = in.read(piece, 0, (int) Math.min(piece.length, left));
            assertThat(read).isPositive();
            left -= read;
            if (looked - left > 1024 * 1024 || looked == 0) {
                looked = left;
                most = Math.max(most, metric.usedDirectMemory() + metric.usedHeapMemory());
            }
        }
        return most;
    }

    private TestGateway rig(FakeUpstream.Service service) throws Exception {
        return TestGateway.start(new FakeUpstream(service), folder, "limits: []\n");
    }
}
