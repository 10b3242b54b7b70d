package dev.tactus.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;

/// An address can't be listened on.
final class NotListening extends IOException {
    private static final long serialVersionUID = 1L;

    NotListening(InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen on " + address.getHostString() + ":" + address.getPort() + " (" + cause.getMessage()
                        + "); is the port in use?",
                cause);
    }
}
