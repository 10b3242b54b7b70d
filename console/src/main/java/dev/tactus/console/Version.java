package dev.tactus.console;

import picocli.CommandLine.IVersionProvider;

/// Version and commit of this build, from the jar's manifest.
final class Version implements IVersionProvider {
    static String code() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    static String line() {
        return "tactus " + code();
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
