package dev.tactus.gateway.http;

import io.netty.handler.codec.http.HttpResponseStatus;

/// A request that the gateway answers itself, and why.
///
/// @param detail for the person who sent it: what is wrong and what would be right
/// @param closes whether nothing that follows on the connection can be trusted
public record HttpProblem(HttpResponseStatus status, String detail, boolean closes) {
    public static HttpProblem of(HttpResponseStatus status, String detail) {
        return new HttpProblem(status, detail, false);
    }

    public static HttpProblem closing(HttpResponseStatus status, String detail) {
        return new HttpProblem(status, detail, true);
    }
}
