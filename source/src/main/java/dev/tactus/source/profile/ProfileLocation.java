package dev.tactus.source.profile;

import dev.tactus.settings.InvalidConfiguration;
import dev.tactus.settings.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the files beside a profile are found.
sealed interface ProfileLocation {

    String ROOT = "/dev/tactus/source/profiles/";

    /// The text of the file a setting names.
    String read(Value setting);

    /// The profile shipped under this name.
    record Bundled(String profile) implements ProfileLocation {

        boolean exists() {
            return ProfileLocation.class.getResource(ROOT + profile + "/profile.yaml") != null;
        }

        String yaml() {
            return text("profile.yaml");
        }

        @Override
        public String read(Value setting) {
            try {
                return text(setting.text());
            } catch (InvalidConfiguration e) {
                throw setting.bad(String.valueOf(e.getMessage()));
            }
        }

        private String text(String file) {
            try (InputStream in = ProfileLocation.class.getResourceAsStream(ROOT + profile + "/" + file)) {
                if (in == null) {
                    throw new InvalidConfiguration("the profile " + profile + " ships no file \"" + file + "\"");
                }
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new InvalidConfiguration(
                        "the file \"" + file + "\" of profile " + profile + " can't be read: " + e);
            }
        }
    }

    /// A profile somebody wrote, in this folder.
    record Folder(Path path) implements ProfileLocation {

        @Override
        public String read(Value setting) {
            Path file = path.resolve(setting.text());
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw setting.bad("the file " + file + " can't be read ("
                        + e.getClass().getSimpleName() + "); paths here start from "
                        + path.toAbsolutePath().normalize());
            }
        }
    }
}
