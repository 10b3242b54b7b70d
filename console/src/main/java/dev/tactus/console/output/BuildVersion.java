package dev.tactus.console.output;

import picocli.CommandLine.IVersionProvider;

/// Version and commit of this build, from the jar's manifest.
public final class BuildVersion implements IVersionProvider {
    public static String code() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    public static String line() {
        return "tactus " + code();
    }

    @Override
    public String[] getVersion() {
        return new String[] {line()};
    }
}
