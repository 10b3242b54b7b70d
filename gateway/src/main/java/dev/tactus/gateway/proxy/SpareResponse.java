package dev.tactus.gateway.proxy;

import dev.tactus.gateway.upstream.UpstreamConnection;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer that was set aside because another address may have a better one: where none has any, the client gets
/// this one.
///
/// What comes of its body meanwhile is held, as far as it is short; the rest waits in the upstream. Used on its
/// exchange's loop only.
final class SpareResponse implements UpstreamConnection.ResponseListener {
    private static final int MOST_BYTES = 16 * 1024;

    private final HttpResponse head;
    private final boolean sent;
    private final List<HttpContent> pieces = new ArrayList<>();
    private @Nullable UpstreamConnection connection;
    private int bytes;
    private boolean whole;

    /// Takes the connection over from its exchange.
    ///
    /// @param sent whether the request was sent to its end
    SpareResponse(HttpResponse head, UpstreamConnection connection, boolean sent) {
        this.head = head;
        this.connection = connection;
        this.sent = sent;
        connection.handTo(this);
    }

    HttpResponse head() {
        return head;
    }

    /// Whether all of it has come, or more can still come.
    boolean isUsable() {
        return whole || connection != null;
    }

    /// Hands over what has come of its body; to be released by whoever takes it.
    List<HttpContent> takePieces() {
        List<HttpContent> taken = List.copyOf(pieces);
        pieces.clear();
        return taken;
    }

    /// The connection on which the rest of it comes, if there is more.
    ///
    /// @param to who gets it
    @Nullable
    UpstreamConnection takeConnection(UpstreamConnection.ResponseListener to) {
        UpstreamConnection taken = connection;
        connection = null;
        if (taken != null) {
            taken.handTo(to);
        }
        return taken;
    }

    /// Nobody needs it.
    void discard() {
        takePieces().forEach(HttpContent::release);
        UpstreamConnection unread = connection;
        connection = null;
        if (unread != null) {
            unread.release(sent, false);
        }
    }

    @Override
    public void responseHead(HttpResponse another) {
        lost();
    }

    @Override
    public void responseBody(HttpContent piece, boolean last) {
        pieces.add(piece);
        bytes += piece.content().readableBytes();
        UpstreamConnection from = connection;
        if (from == null) {
            return;
        }
        if (last) {
            whole = true;
            connection = null;
            from.release(sent, true);
        } else if (bytes > MOST_BYTES) {
            from.pauseReading();
        }
    }

    @Override
    public void responseUnreadable() {
        lost();
    }

    @Override
    public void connectionLost(boolean stale) {
        connection = null;
        lost();
    }

    /// The rest of it does not come.
    private void lost() {
        takePieces().forEach(HttpContent::release);
        UpstreamConnection broken = connection;
        connection = null;
        if (broken != null) {
            broken.close();
        }
    }

    @Override
    public void responseRead() {}

    @Override
    public void upstreamTakesMore() {}

    @Override
    public void sendingFailed() {}
}
