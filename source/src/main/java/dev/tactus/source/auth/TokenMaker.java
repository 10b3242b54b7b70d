package dev.tactus.source.auth;

import java.time.Duration;

/// Makes access tokens, or gets them.
interface TokenMaker {
    /// What became of it.
    sealed interface Result permits Issued, AccessTokens.Unavailable {}

    /// A token and how long it is valid.
    record Issued(String token, Duration life) implements Result {
        @Override
        public String toString() {
            return "Issued[token=***, life=" + life + "]";
        }
    }

    /// Makes one, or gets it.
    ///
    /// @throws dev.tactus.source.response.SourceFailure if there will be none
    Result issue() throws InterruptedException;
}
