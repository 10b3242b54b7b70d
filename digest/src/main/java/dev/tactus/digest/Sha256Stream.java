package dev.tactus.digest;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The SHA-256 of bytes that come one after the other. One thread at a time; one use.
public final class Sha256Stream {
    private final MessageDigest digest;

    public Sha256Stream() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public Sha256Stream update(byte[] bytes) {
        digest.update(bytes);
        return this;
    }

    public Sha256Stream update(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        return this;
    }

    /// What is read from it is digested.
    public InputStream over(InputStream in) {
        return new DigestInputStream(in, digest);
    }

    /// What is written to it is digested.
    public OutputStream over(OutputStream out) {
        return new DigestOutputStream(out, digest);
    }

    /// Of all that came; nothing may come afterwards.
    public Sha256 digest() {
        return Sha256.read(digest.digest());
    }
}
