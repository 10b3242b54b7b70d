package dev.tactus.console.servers;

import dev.tactus.console.output.CommandFailure;
import dev.tactus.console.output.IoErrorText;
import dev.tactus.digest.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// What clients of the lake's catalog have to send, from the environment or a file for its owner alone.
///
/// @param digest of the token
/// @param place where people find it
record LakeToken(Sha256 digest, String place) {
    static final String VARIABLE = "TACTUS_LAKE_TOKEN";
    private static final int SHORTEST = 16;
    private static final int RANDOM_BYTES = 32;
    private static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

    /// The one that is said; where none is, that of a file, made where it is not there.
    ///
    /// @param said by the environment
    /// @param named by an option; it has to be there
    static LakeToken find(Optional<String> said, Optional<Path> named, Path usual) {
        if (named.isPresent()) {
            return read(named.get());
        }
        return said.map(token -> of(token, "TACTUS_LAKE_TOKEN")).orElseGet(() -> {
            make(usual);
            return read(usual);
        });
    }

    private static LakeToken of(String text, String place) {
        String token = text.strip();
        if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw CommandFailure.usage(place + ": expected a token of at least " + SHORTEST
                    + " letters, digits and signs, such as openssl rand -hex 32 prints");
        }
        return new LakeToken(Sha256.of(token), place);
    }

    private static LakeToken read(Path file) {
        try {
            if (knowsOwners(file)) {
                Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
                others.removeAll(EnumSet.of(
                        PosixFilePermission.OWNER_READ,
                        PosixFilePermission.OWNER_WRITE,
                        PosixFilePermission.OWNER_EXECUTE));
                if (!others.isEmpty()) {
                    throw CommandFailure.usage(
                            "the token file " + file + " can be read by others than its owner: chmod 600 " + file);
                }
            }
            return of(Files.readString(file), file.toString());
        } catch (IOException e) {
            throw CommandFailure.usage("cannot read the token file " + file + ": " + IoErrorText.of(e));
        }
    }

    private static void make(Path file) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        FileAttribute<?>[] attributes = knowsOwners(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                : new FileAttribute<?>[0];
        try {
            Files.createFile(file, attributes);
            Files.write(file, (token + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException _) {
            // made by an earlier start
            return;
        } catch (IOException e) {
            throw CommandFailure.failed("cannot write the token file " + file + ": " + IoErrorText.of(e));
        }
    }

    private static boolean knowsOwners(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
