package dev.tactus.gateway.proxy;

import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A copy of a request's body while it is small, so that the request can be sent again. Used on one loop only.
public final class ReplayableBody {
    /// Larger bodies pass through once.
    public static final int MOST_BYTES = 64 * 1024;

    private final List<HttpContent> pieces = new ArrayList<>();
    private boolean keeping;
    private long bytes;

    /// @param keeps whether anything is kept at all
    ReplayableBody(boolean keeps) {
        keeping = keeps;
    }

    void add(HttpContent piece) {
        if (!keeping) {
            return;
        }
        bytes += piece.content().readableBytes();
        if (bytes > MOST_BYTES) {
            release();
        } else {
            pieces.add(piece.retainedDuplicate());
        }
    }

    /// Whether all that was added is here.
    boolean isWhole() {
        return keeping;
    }

    /// Puts all of it before what is still to be sent.
    void rewindInto(Deque<HttpContent> held) {
        while (!held.isEmpty()) {
            held.poll().release();
        }
        pieces.forEach(piece -> held.add(piece.retainedDuplicate()));
    }

    void release() {
        keeping = false;
        pieces.forEach(HttpContent::release);
        pieces.clear();
    }
}
