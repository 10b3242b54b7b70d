package dev.tactus.http;

import java.io.IOException;
import java.util.Map;

/// What became of an HTTP request.
public sealed interface HttpOutcome {
    /// A complete response.
    ///
    /// @param headers names in any case
    /// @param tooLarge whether the body is larger than allowed and `body` only its start
    @SuppressWarnings("ArrayRecordComponent")
    record Response(int status, Map<String, String> headers, byte[] body, boolean tooLarge) implements HttpOutcome {}

    /// A response that began but broke off.
    record Truncated(int status, Map<String, String> headers, String detail) implements HttpOutcome {}

    /// No response came.
    ///
    /// @param sent whether the request may have reached the server
    /// @param detail for a person; may name the address
    record NoResponse(boolean sent, IOException cause, String detail) implements HttpOutcome {}
}
