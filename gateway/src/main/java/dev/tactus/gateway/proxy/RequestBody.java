package dev.tactus.gateway.proxy;

import dev.tactus.gateway.upstream.UpstreamConnection;
import io.netty.handler.codec.http.HttpContent;
import java.util.ArrayDeque;
import java.util.Deque;

/// A request's body on its way to the upstream: held while there is no connection, then passed on in the pieces in
/// which it comes, and kept besides while it is small and the request may have to be sent again.
///
/// Used on its exchange's loop only.
final class RequestBody {
    private final boolean none;
    private final long most;
    private final Deque<HttpContent> held = new ArrayDeque<>(0);
    private final ReplayableBody kept;
    private boolean complete;
    private boolean refused;
    private long received;

    /// @param none whether the request has no body
    /// @param complete whether all of the request has come with its head
    /// @param keeps whether a copy is kept
    /// @param most how many bytes are taken
    RequestBody(boolean none, boolean complete, boolean keeps, long most) {
        this.none = none;
        this.complete = complete;
        this.kept = new ReplayableBody(keeps && !none);
        this.most = most;
    }

    boolean isNone() {
        return none;
    }

    /// Whether the request has come to its end.
    boolean isComplete() {
        return none || complete;
    }

    /// Whether all of it could be sent once more.
    boolean isRepeatable() {
        return none || (complete && kept.isWhole());
    }

    void completed() {
        complete = true;
    }

    /// Counts a piece.
    ///
    /// @return whether it is no more than may come
    boolean fits(HttpContent piece) {
        received += piece.content().readableBytes();
        return received <= most;
    }

    /// Holds a piece until there is a connection.
    ///
    /// @return whether more may come meanwhile
    boolean hold(HttpContent piece) {
        kept.add(piece);
        held.add(piece);
        return received <= ReplayableBody.MOST_BYTES && kept.isWhole();
    }

    /// Passes a piece on, unless the upstream takes no more.
    void send(HttpContent piece, UpstreamConnection connection) {
        if (refused) {
            piece.release();
        } else {
            kept.add(piece);
            connection.write(piece);
        }
    }

    void sendHeld(UpstreamConnection connection) {
        while (!held.isEmpty()) {
            connection.write(held.poll());
        }
    }

    /// The upstream takes no more of it.
    void refused() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    /// Whether the upstream has got all of it.
    boolean isSent() {
        return none || (complete && !refused);
    }

    /// Back to before anything of it was sent.
    void rewind() {
        refused = false;
        kept.rewindInto(held);
    }

    void release() {
        while (!held.isEmpty()) {
            held.poll().release();
        }
        kept.release();
    }
}
