package dev.tactus.gateway.proxy;

import io.netty.handler.codec.http.HttpResponse;

/// Lets everything pass: for what isn't the upstream's.
public final class OpenPolicy implements TrafficPolicy {
    @Override
    public void arrived(Exchange exchange) {
        exchange.forward();
    }

    @Override
    public ResponseAction answered(Exchange exchange, HttpResponse head) {
        return ResponseAction.PASS;
    }

    @Override
    public void ended(Exchange exchange) {}
}
