package dev.tactus.music.identifiers;

/// Says why a text is not an ISRC. It is the giver's fault; trying again with the same text is useless.
public final class InvalidIsrc extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidIsrc(String reason) {
        super(reason);
    }
}
