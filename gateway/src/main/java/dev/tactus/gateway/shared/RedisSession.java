package dev.tactus.gateway.shared;

import dev.tactus.gateway.network.SharedSettings;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One blocking connection to Redis, for whoever has a thread of its own. Used by one thread.
final class RedisSession implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RedisSession.class);
    private static final int PATIENCE_MILLIS = 2_000;

    private final Socket socket = new Socket();
    private final EmbeddedChannel decoder = new EmbeddedChannel(new RespDecoder());

    RedisSession(SharedSettings settings) throws IOException {
        socket.connect(new InetSocketAddress(settings.host(), settings.port()), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        if (settings.password().isPresent()) {
            ask("AUTH", settings.password().get());
        }
        ask("SELECT", Integer.toString(settings.database()));
    }

    RespReply ask(String... words) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(RespReply.command(Arrays.asList(words)));
        out.flush();
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[8192];
        RespReply reply = decoder.readInbound();
        while (reply == null) {
            int read = in.read(bytes);
            if (read < 0) {
                throw new IOException("the connection was closed");
            }
            decoder.writeInbound(Unpooled.copiedBuffer(bytes, 0, read));
            reply = decoder.readInbound();
        }
        if (reply instanceof RespReply.Failure(String message)) {
            throw new IOException(message);
        }
        return reply;
    }

    Map<String, String> hash(String key) throws IOException {
        Map<String, String> all = new HashMap<>();
        if (ask("HGETALL", key) instanceof RespReply.Array(List<RespReply> items)) {
            for (int i = 0; i + 1 < items.size(); i += 2) {
                if (items.get(i) instanceof RespReply.Text(String id)
                        && items.get(i + 1) instanceof RespReply.Text(String value)) {
                    all.put(id, value);
                }
            }
        }
        return all;
    }

    @Override
    public void close() {
        decoder.finishAndReleaseAll();
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("a connection to the shared store was closed badly: {}", e.getMessage());
        }
    }
}
