package dev.tactus.console.command;

import dev.tactus.console.output.CommandFailure;

/// Names and reasons that go on the record.
public final class RecordedText {
    private static final int LONGEST = 1_000;

    private RecordedText() {}

    public static void check(String option, String text) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw CommandFailure.usage(option + " says who or why, in one line, and goes on the record for good");
        }
    }
}
