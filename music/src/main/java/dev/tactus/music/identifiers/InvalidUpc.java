package dev.tactus.music.identifiers;

/// Says why a text is not a UPC. It is the giver's fault; trying again with the same text is useless.
public final class InvalidUpc extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidUpc(String reason) {
        super(reason);
    }
}
