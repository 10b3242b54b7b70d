package dev.tactus.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;

/// A request that the gateway answers itself, and why.
///
/// @param detail for the person who sent it: what is wrong and what would be right
/// @param closes whether nothing that follows on the connection can be trusted
record Refused(HttpResponseStatus status, String detail, boolean closes) {
    static Refused of(HttpResponseStatus status, String detail) {
        return new Refused(status, detail, false);
    }

    static Refused closing(HttpResponseStatus status, String detail) {
        return new Refused(status, detail, true);
    }
}
