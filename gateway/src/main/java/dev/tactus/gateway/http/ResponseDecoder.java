package dev.tactus.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpStatusClass;

/// Reads an upstream's answers, one request at a time. Not thread-safe.
public final class ResponseDecoder extends HttpResponseDecoder {
    private static final int LONGEST_STATUS_LINE = 8 * 1024;
    private static final int LARGEST_HEADERS = 256 * 1024;
    private static final int MOST_BODY_BYTES_AT_ONCE = 64 * 1024;

    private boolean toHead;

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

    /// Whether bytes have come that belong to no answer yet.
    public boolean hasLeftOver() {
        return actualReadableBytes() > 0;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage answer) {
        boolean last = ((HttpResponse) answer).status().codeClass() != HttpStatusClass.INFORMATIONAL;
        return (toHead && last) || super.isContentAlwaysEmpty(answer);
    }
}
