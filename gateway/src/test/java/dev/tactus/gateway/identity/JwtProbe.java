package dev.tactus.gateway.identity;

import dev.tactus.gateway.config.IdentificationMethod;

/// Lets tests outside the package ask a reader of tokens what it keeps.
public final class JwtProbe implements AutoCloseable {
    private final JwtClaimReader reader;

    public JwtProbe(IdentificationMethod.JwtClaim how) {
        reader = new JwtClaimReader(how, () -> 0);
    }

    public boolean knows(String token) {
        return reader.claim(token).isPresent();
    }

    public int remembered() {
        return reader.remembered();
    }

    @Override
    public void close() {
        reader.close();
    }
}
