package dev.tactus.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// An HTTP/2 client that sends whatever frames a test wants, right or wrong.
final class RawHttp2 implements AutoCloseable {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    private static final int PATIENCE_MILLIS = 20_000;

    /// So that it is full soon where a test doesn't read.
    private static final int SMALL_BUFFER = 4096;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder hpack = new DefaultHttp2HeadersDecoder(false);

    /// @param payload without the nine bytes before it
    record Frame(int type, int flags, int stream, ByteBuf payload) {
        int errorCode() {
            return payload.getInt(type == GOAWAY ? 4 : 0);
        }
    }

    RawHttp2(InetSocketAddress gateway, SSLContext trusting, byte... settings) throws IOException {
        socket = (SSLSocket) trusting.getSocketFactory().createSocket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(gateway);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        send(SETTINGS, 0, 0, settings);
    }

    void send(int type, int flags, int stream, byte... payload) throws IOException {
        out.write(frame(type, flags, stream, payload));
    }

    /// The same frame over and over, many at once.
    void sendMany(int times, int type, int flags, int stream, byte... payload) throws IOException {
        byte[] frame = frame(type, flags, stream, payload);
        byte[] all = new byte[times * frame.length];
        for (int i = 0; i < times; i++) {
            System.arraycopy(frame, 0, all, i * frame.length, frame.length);
        }
        out.write(all);
    }

    private static byte[] frame(int type, int flags, int stream, byte... payload) {
        byte[] frame = new byte[9 + payload.length];
        frame[0] = (byte) (payload.length >> 16);
        frame[1] = (byte) (payload.length >> 8);
        frame[2] = (byte) payload.length;
        frame[3] = (byte) type;
        frame[4] = (byte) flags;
        frame[5] = (byte) (stream >> 24);
        frame[6] = (byte) (stream >> 16);
        frame[7] = (byte) (stream >> 8);
        frame[8] = (byte) stream;
        System.arraycopy(payload, 0, frame, 9, payload.length);
        return frame;
    }

    void get(int stream, String path) throws IOException {
        headers(stream, true, ":method", "GET", ":scheme", "https", ":authority", "a", ":path", path);
    }

    void headers(int stream, boolean ends, String... namesAndValues) throws IOException {
        send(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), stream, block(namesAndValues));
    }

    /// A header block in which nothing is indexed and nothing compressed.
    static byte[] block(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            block.write(0);
            string(block, namesAndValues[i]);
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>= 7) {
                block.write((rest & 127) | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    private Frame frame() throws IOException {
        int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
        return new Frame(
                in.readUnsignedByte(),
                in.readUnsignedByte(),
                in.readInt(),
                Unpooled.wrappedBuffer(in.readNBytes(length)));
    }

    /// The next frame but for settings and window updates; empty once the gateway has ended the connection.
    Optional<Frame> read() throws IOException {
        try {
            while (true) {
                Frame frame = frame();
                if (frame.type() == HEADERS
                        || frame.type() == DATA
                        || frame.type() == RST_STREAM
                        || frame.type() == GOAWAY) {
                    return Optional.of(frame);
                }
            }
        } catch (EOFException | SocketException e) {
            return Optional.empty();
        } catch (javax.net.ssl.SSLException e) {
            return Optional.empty(); // the connection's end, without the farewell that TLS has
        }
    }

    /// The next frame of a type.
    Frame next(int type) throws IOException {
        while (true) {
            Frame frame = frame();
            if (frame.type() == type) {
                return frame;
            }
        }
    }

    /// What comes first: the end of the connection (`goaway 1`, `closed`), of any stream (`reset 5`), or that stream's
    /// answer, so that the connection `goes on`.
    String firstOutcome(int stream) throws IOException {
        while (true) {
            Optional<Frame> read = read();
            if (read.isEmpty()) {
                return "closed";
            }
            Frame frame = read.get();
            if (frame.type() == RST_STREAM || (frame.type() == GOAWAY && frame.errorCode() != 0)) {
                return (frame.type() == GOAWAY ? "goaway " : "reset ") + frame.errorCode();
            }
            if (frame.type() == HEADERS && status(frame).equals("200") && frame.stream() == stream) {
                return "goes on";
            }
        }
    }

    /// How a stream, or the whole connection, was answered: a status, or `reset`, `goaway` or `closed`.
    String outcome(int stream) throws IOException {
        while (true) {
            Optional<Frame> read = read();
            if (read.isEmpty()) {
                return "closed";
            }
            Frame frame = read.get();
            if (frame.type() == GOAWAY && frame.errorCode() != 0) {
                return "goaway";
            }
            if (frame.type() == HEADERS) {
                String status = status(frame);
                if (frame.stream() == stream) {
                    return status;
                }
            } else if (frame.type() == RST_STREAM && frame.stream() == stream) {
                return "reset";
            }
        }
    }

    /// The next head on a stream: its status and fields.
    String headersOf(int stream) throws IOException {
        while (true) {
            Frame frame = read().orElseThrow(() -> new IOException("the connection has ended"));
            if (frame.type() == HEADERS && frame.stream() == stream) {
                try {
                    StringBuilder text = new StringBuilder();
                    for (Map.Entry<CharSequence, CharSequence> each : hpack.decodeHeaders(stream, frame.payload())) {
                        text.append(text.isEmpty() ? "" : " ")
                                .append(each.getKey().toString().equals(":status") ? "" : each.getKey() + "=")
                                .append(each.getValue());
                    }
                    return text.toString();
                } catch (Http2Exception e) {
                    throw new IOException(e);
                }
            }
        }
    }

    private String status(Frame frame) throws IOException {
        ByteBuf block = frame.payload();
        try {
            return String.valueOf(hpack.decodeHeaders(frame.stream(), block).status());
        } catch (Http2Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
