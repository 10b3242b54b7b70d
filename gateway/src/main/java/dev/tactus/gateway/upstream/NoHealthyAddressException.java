package dev.tactus.gateway.upstream;

import java.io.IOException;

/// Every address of an upstream is out.
public final class NoHealthyAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    NoHealthyAddressException(String host) {
        super("no address of " + host + " is healthy");
    }
}
