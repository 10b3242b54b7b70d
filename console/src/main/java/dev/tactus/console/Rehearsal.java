package dev.tactus.console;

/// What the build runs once so that the JVM can keep loaded and linked classes for later starts (its AOT cache).
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        Tactus.run(Console.system(), "--version");
        Tactus.run(Console.system(), "--help");
    }
}
