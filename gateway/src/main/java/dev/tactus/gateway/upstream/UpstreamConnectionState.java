package dev.tactus.gateway.upstream;

import dev.tactus.gateway.http.StateTransitions;

/// What a connection to the upstream is doing.
///
/// | from | event | to |
/// | --- | --- | --- |
/// | CONNECTING | LEND | FRESH |
/// | CONNECTING | RETURN | IDLE |
/// | IDLE | LEND | REUSED |
/// | FRESH, REUSED, CONTINUED | INTERIM_HEAD | INTERIM |
/// | INTERIM | INTERIM_END | CONTINUED |
/// | FRESH, REUSED, CONTINUED | HEAD | RESPONDING |
/// | FRESH, REUSED, CONTINUED | LAST_HEAD | RESPONDING_LAST |
/// | RESPONDING | RELEASE | COMPLETE |
/// | RESPONDING | RELEASE_EARLY | DRAINING |
/// | RESPONDING_LAST | RELEASE, RELEASE_EARLY | CLOSED |
/// | DRAINING | DRAINED | COMPLETE |
/// | COMPLETE | READ_DONE | IDLE |
/// | any | CLOSE | CLOSED |
///
/// Whatever is not listed can't happen.
enum UpstreamConnectionState {
    /// Not lent yet.
    CONNECTING,
    /// In the pool.
    IDLE,
    /// Lent for the first time; the upstream has said nothing yet.
    FRESH,
    /// Lent again; the upstream has said nothing about this request, and may have been closing the connection when it
    /// was sent.
    REUSED,
    /// An interim response (1xx) has begun.
    INTERIM,
    /// The upstream has sent interim responses; the final one is still to come.
    CONTINUED,
    /// The final response has begun.
    RESPONDING,
    /// The final response has begun, after which the upstream closes.
    RESPONDING_LAST,
    /// The rest of a response that nobody needs is read and thrown away.
    DRAINING,
    /// The response has been read to its end; what was read with it must be nothing.
    COMPLETE,
    CLOSED;

    enum Event {
        /// An exchange takes the connection.
        LEND,
        INTERIM_HEAD,
        INTERIM_END,
        /// The head of a final response after which the connection can be used again.
        HEAD,
        /// The head of a final response after which it can't.
        LAST_HEAD,
        /// The exchange has the whole response.
        RELEASE,
        /// The exchange needs nothing more of the response.
        RELEASE_EARLY,
        /// The end of a response that was thrown away.
        DRAINED,
        /// All that was read at once has been passed on.
        READ_DONE,
        /// It goes to the pool without having been used.
        RETURN,
        CLOSE
    }

    /// Whether it is lent and no final response has begun.
    boolean isUnanswered() {
        return this == FRESH || this == REUSED || this == INTERIM || this == CONTINUED;
    }

    private static final StateTransitions<UpstreamConnectionState, Event> TABLE =
            new StateTransitions<>(UpstreamConnectionState.class, Event.class);

    static {
        for (UpstreamConnectionState state : values()) {
            TABLE.on(state, Event.CLOSE, CLOSED);
        }
        TABLE.on(CONNECTING, Event.LEND, FRESH);
        TABLE.on(CONNECTING, Event.RETURN, IDLE);
        TABLE.on(IDLE, Event.LEND, REUSED);
        for (UpstreamConnectionState asked : new UpstreamConnectionState[] {FRESH, REUSED, CONTINUED}) {
            TABLE.on(asked, Event.INTERIM_HEAD, INTERIM);
            TABLE.on(asked, Event.HEAD, RESPONDING);
            TABLE.on(asked, Event.LAST_HEAD, RESPONDING_LAST);
        }
        TABLE.on(INTERIM, Event.INTERIM_END, CONTINUED);
        TABLE.on(RESPONDING, Event.RELEASE, COMPLETE);
        TABLE.on(RESPONDING, Event.RELEASE_EARLY, DRAINING);
        TABLE.on(RESPONDING_LAST, Event.RELEASE, CLOSED);
        TABLE.on(RESPONDING_LAST, Event.RELEASE_EARLY, CLOSED);
        TABLE.on(DRAINING, Event.DRAINED, COMPLETE);
        TABLE.on(COMPLETE, Event.READ_DONE, IDLE);
    }

    /// Whether the event can come in this state.
    boolean takes(Event event) {
        return TABLE.takes(this, event);
    }

    /// @throws IllegalStateException if the event can't come in this state
    UpstreamConnectionState after(Event event) {
        return TABLE.after(this, event);
    }
}
