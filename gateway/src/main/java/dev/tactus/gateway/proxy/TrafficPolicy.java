package dev.tactus.gateway.proxy;

import dev.tactus.gateway.config.GatewaySettings;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;

/// What becomes of requests before and after they are forwarded: refused or let through at once in enforce mode,
/// waiting for their turn in pace mode.
///
/// Every method is called on the exchange's event loop and must not block. A policy serves all loops at once, so what
/// it shares between them must be thread-safe.
public interface TrafficPolicy {
    /// What is done with an upstream's answer.
    enum ResponseAction {
        /// It goes to the caller.
        PASS,
        /// It is held until its body has come, or so much of it that it is no small one: see [TrafficPolicy#looked].
        LOOK,
        /// It is thrown away, and the exchange is where it was before it was forwarded: the policy forwards it again
        /// or answers itself, now or later. Only for exchanges that are [Exchange#repeatable].
        TAKE_BACK
    }

    /// Makes the policy for a configuration; again at each reload.
    interface Factory {
        TrafficPolicy make(GatewaySettings settings);
    }

    /// A request has come, and who sent it is known. Calls [Exchange#forward] or [Exchange#answer] once, now or later.
    void arrived(Exchange exchange);

    /// The head of the upstream's answer has come. Fields may be added to it.
    ResponseAction answered(Exchange exchange, HttpResponse head);

    /// The body of an answer that was to be looked at has come.
    ///
    /// @param body all of it, or nothing where it is too long, or comes too slowly
    /// @return anything but [Answered#LOOK]
    default ResponseAction looked(Exchange exchange, HttpResponse head, Optional<ByteBuf> body) {
        return ResponseAction.PASS;
    }

    /// How many bytes of an answer that is to be looked at are held back at most.
    default int mostLookedAt() {
        return BufferedResponse.MOST_BYTES;
    }

    /// The exchange is over, however it went; called once for each that arrived, also when its caller has left while
    /// it was waiting.
    void ended(Exchange exchange);

    /// Whether it takes answers back, so that small bodies are kept to be sent again.
    default boolean repeats() {
        return false;
    }

    /// The gateway is stopping: whoever waits is answered now. On any thread.
    default void drain() {}
}
