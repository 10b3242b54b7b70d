package dev.tactus.console;

/// Names and reasons that go on the record.
final class Named {
    private static final int LONGEST = 1_000;

    private Named() {}

    static void check(String option, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw Failure.usage(option + " says who or why, in one line, and goes on the record for good");
        }
    }
}
