package dev.tactus.lake.query;

import dev.tactus.lake.failure.LakeUnavailable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;

/// Opens engines of a kind; found by [ServiceLoader] where the add-on that brings it is on the class path.
public interface SqlEngineProvider {
    /// What a person calls it, such as `spark`.
    String name();

    /// Opens one.
    ///
    /// @param master where it computes; the engine's own default where nothing is named
    /// @param temporary a folder that all its machines and this one share, for what goes from one to the other
    SqlEngine open(Optional<String> master, Path temporary);

    /// The provider of that name.
    ///
    /// @throws LakeUnavailable if its add-on is not there
    static SqlEngineProvider named(String name) {
        return ServiceLoader.load(SqlEngineProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new LakeUnavailable(
                        "the add-on for " + name + " is not on the class path. ./tactus adds it where --engine names"
                                + " it; whoever starts java adds the jars of addons/" + name,
                        null));
    }
}
