package dev.tactus.gateway.proxy;

import dev.tactus.gateway.identity.RequestIdentity;
import dev.tactus.gateway.usage.PollingDetector;
import dev.tactus.gateway.usage.UsageMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// Tells equal answers from others while they pass, without keeping them: by ETag, else by a check sum of the body.
/// Used on one loop only.
final class AnswerAppearance {
    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final PollingDetector polling;
    private final String application;
    private final String resource;
    private final CRC32C sum = new CRC32C();
    private long length;

    private AnswerAppearance(PollingDetector polling, String application, String resource) {
        this.polling = polling;
        this.application = application;
        this.resource = resource;
    }

    /// Notes what the head alone tells.
    ///
    /// @return what has to see the body, if anything has
    static @Nullable AnswerAppearance of(Exchange exchange, HttpResponse answer, PollingDetector polling) {
        int status = answer.status().code();
        if ((status != OK && status != NOT_MODIFIED)
                || !exchange.request().method().equals(HttpMethod.GET)
                || !(exchange.identity() instanceof RequestIdentity.Application application)
                || application.id().equals(UsageMeterRegistry.STRANGERS)
                || application.id().equals(UsageMeterRegistry.EVENTS)) {
            return null;
        }
        String resource = exchange.path();
        if (status == NOT_MODIFIED) {
            polling.unchanged(application.id(), resource);
            return null;
        }
        String etag = answer.headers().get(HttpHeaderNames.ETAG);
        if (etag != null) {
            polling.answered(application.id(), resource, etag.hashCode());
            return null;
        }
        return new AnswerAppearance(polling, application.id(), resource);
    }

    void add(ByteBuf piece, boolean last) {
        if (piece.isReadable()) {
            length += piece.readableBytes();
            for (ByteBuffer bytes : piece.nioBuffers()) {
                sum.update(bytes);
            }
        }
        if (last) {
            polling.answered(application, resource, sum.getValue() << 32 | (length & 0xFFFF_FFFFL));
        }
    }
}
