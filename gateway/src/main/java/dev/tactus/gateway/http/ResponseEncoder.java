package dev.tactus.gateway.http;

import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;

/// Writes HTTP/1.1 answers; told beforehand which ones answer HEAD and so have no body whatever their head says. Not
/// thread-safe.
public final class ResponseEncoder extends HttpResponseEncoder {
    private boolean toHead;

    /// What the next answers answer.
    public void answering(boolean head) {
        toHead = head;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse answer) {
        return toHead || super.isContentAlwaysEmpty(answer);
    }
}
