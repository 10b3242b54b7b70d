package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewayMode;
import dev.tactus.gateway.config.GatewaySettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;

/// How often one request may still be sent anew. Where there was no connection nothing was sent, and any request can
/// be; what was sent, or answered 502, 503 or 504, only where twice is like once. In pace mode what was sent once has
/// had its turn: sending it again would be one more call than the limits let go. Used on its exchange's loop only.
final class ExchangeRetries {
    private static final int BAD_GATEWAY = 502;
    private static final int GATEWAY_TIMEOUT = 504;

    private final boolean paced;
    private int left;

    ExchangeRetries(GatewaySettings settings) {
        left = settings.upstream().retries();
        paced = settings.mode() == GatewayMode.PACE;
    }

    /// Whether bodies are to be kept.
    static boolean mayRepeat(GatewaySettings settings) {
        return settings.upstream().retries() > 0 && settings.mode() != GatewayMode.PACE;
    }

    /// One time more where no connection was found.
    boolean takeUnsent() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    /// One time more where the connection was lost before an answer.
    boolean takeSent() {
        return !paced && takeUnsent();
    }

    /// One time more in place of an answer that says that the upstream is not well.
    boolean takeAnswered(HttpResponse answer) {
        int status = answer.status().code();
        return status >= BAD_GATEWAY
                && status <= GATEWAY_TIMEOUT
                && !answer.headers().contains(HttpHeaderNames.RETRY_AFTER)
                && takeSent();
    }
}
