package dev.tactus.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/// Reads an upstream's answers, one request at a time. Not thread-safe.
public final class ResponseDecoder extends HttpResponseDecoder {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 256 * 1024;
    private static final int MOST_BODY_BYTES_AT_ONCE = 64 * 1024;

    private boolean toHead;
    private boolean begun;

    public ResponseDecoder() {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(LONGEST_STATUS_LINE)
                .setMaxHeaderSize(LARGEST_HEADERS)
                .setMaxChunkSize(MOST_BODY_BYTES_AT_ONCE)
                .setHeadersFactory(DefaultHttpHeadersFactory.headersFactory()));
    }

    /// Whether the answer to come answers HEAD, and so has no body whatever its head says.
    public void expect(boolean answerToHead) {
        toHead = answerToHead;
    }

    /// Whether bytes have come after the end of the last response, be it the first line of another one.
    public boolean hasLeftOver() {
        return begun || actualReadableBytes() > 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> out) throws Exception {
        int read = bytes.readerIndex();
        int before = out.size();
        super.decode(context, bytes, out);
        if (out.size() > before) {
            begun = !(out.getLast() instanceof LastHttpContent);
        } else {
            begun |= bytes.readerIndex() > read;
        }
    }

    /// Netty takes any number for a status, and a version in small letters.
    @Override
    protected HttpMessage createMessage(String[] initialLine) {
        if (!initialLine[0].equals("HTTP/1.1") && !initialLine[0].equals("HTTP/1.0")) {
            throw new IllegalArgumentException("unsupported HTTP version: " + initialLine[0]);
        }
        String status = initialLine[1];
        if (status.length() != 3 || status.charAt(0) < '1' || status.charAt(0) > '5') {
            throw new IllegalArgumentException("no status: " + status);
        }
        return super.createMessage(initialLine);
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
        boolean last = ((HttpResponse) answer).status().codeClass() != HttpStatusClass.INFORMATIONAL;
        return (toHead && last) || super.isContentAlwaysEmpty(answer);
    }
}
