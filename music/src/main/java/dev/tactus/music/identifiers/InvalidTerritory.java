package dev.tactus.music.identifiers;

/// Says why a text is not a territory. It is the giver's fault; trying again with the same text is useless.
public final class InvalidTerritory extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    InvalidTerritory(String reason) {
        super(reason);
    }
}
