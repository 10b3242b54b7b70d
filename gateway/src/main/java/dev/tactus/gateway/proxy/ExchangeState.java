package dev.tactus.gateway.proxy;

import dev.tactus.gateway.http.StateTransitions;

/// How far an exchange has come.
///
/// | from | event | to |
/// | --- | --- | --- |
/// | RECEIVED | ADMIT | WAITING |
/// | WAITING, TAKEN_BACK | FORWARD | CONNECTING |
/// | CONNECTING | SEND | SENT |
/// | SENT | RETRY | CONNECTING |
/// | CONNECTING | RECALL | SENT |
/// | SENT | HOLD | HOLDING |
/// | SENT, HOLDING | PASS | RESPONDING |
/// | SENT, HOLDING | TAKE_BACK | TAKEN_BACK |
/// | any but ENDED | END | ENDED |
///
/// Whatever is not listed can't happen.
enum ExchangeState {
    /// The head of the request has come; the policy knows nothing of it.
    RECEIVED,
    /// With the policy; nothing of the request has been sent.
    WAITING,
    /// With the policy again: the upstream's response was taken back.
    TAKEN_BACK,
    /// Getting a connection to the upstream.
    CONNECTING,
    /// On its way to the upstream, which has not begun its final response.
    SENT,
    /// The beginning of the response is kept until the policy has seen enough of it.
    HOLDING,
    /// The client gets the upstream's response.
    RESPONDING,
    ENDED;

    enum Event {
        /// The policy gets the exchange.
        ADMIT,
        /// The policy lets the request go.
        FORWARD,
        /// A connection has been found.
        SEND,
        /// The connection turned out to be stale, or the response was set aside, as another address may have a better
        /// one.
        RETRY,
        /// No other address has any: the response that was set aside is gone on with.
        RECALL,
        /// The policy wants to see the response's body.
        HOLD,
        /// The client gets the response.
        PASS,
        /// The client does not get the response, and the policy decides anew.
        TAKE_BACK,
        /// Responded to, or given up.
        END
    }

    private static final StateTransitions<ExchangeState, Event> TABLE =
            new StateTransitions<>(ExchangeState.class, Event.class);

    static {
        for (ExchangeState state : values()) {
            if (state != ENDED) {
                TABLE.on(state, Event.END, ENDED);
            }
        }
        TABLE.on(RECEIVED, Event.ADMIT, WAITING);
        TABLE.on(WAITING, Event.FORWARD, CONNECTING);
        TABLE.on(TAKEN_BACK, Event.FORWARD, CONNECTING);
        TABLE.on(CONNECTING, Event.SEND, SENT);
        TABLE.on(SENT, Event.RETRY, CONNECTING);
        TABLE.on(CONNECTING, Event.RECALL, SENT);
        TABLE.on(SENT, Event.HOLD, HOLDING);
        for (ExchangeState sent : new ExchangeState[] {SENT, HOLDING}) {
            TABLE.on(sent, Event.PASS, RESPONDING);
            TABLE.on(sent, Event.TAKE_BACK, TAKEN_BACK);
        }
    }

    /// Whether the event can come in this state.
    boolean takes(Event event) {
        return TABLE.takes(this, event);
    }

    /// @throws IllegalStateException if the event can't come in this state
    ExchangeState after(Event event) {
        return TABLE.after(this, event);
    }
}
