package dev.tactus.gateway.http;

import java.io.IOException;
import java.net.InetSocketAddress;

/// An address can't be listened on.
public final class ListenFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public ListenFailure(InetSocketAddress address, Throwable cause) {
        super(
                "cannot listen on " + address.getHostString() + ":" + address.getPort() + " (" + cause.getMessage()
                        + "); is the port in use?",
                cause);
    }
}
