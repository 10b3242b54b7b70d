package dev.tactus.serve.signin;

import dev.tactus.digest.Sha256;
import dev.tactus.serve.http.FormData;
import dev.tactus.serve.http.PageProblem;
import dev.tactus.serve.http.PageRequest;
import dev.tactus.serve.http.PageResponse;
import dev.tactus.serve.state.SiteState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// The link that is printed once, by which the first person is set up: whoever sees the terminal owns the ledger.
///
/// It works once, and only until somebody can sign in. The person's token goes to a file for its owner alone.
public final class FirstLink {
    private static final int LONGEST_NAME = 80;

    private final People people;
    private final SiteState state;
    private final PageGate gate;
    private final Path tokenFile;
    private final String key;

    /// One that is not yet shown to anybody.
    ///
    /// @param tokenFile where the token goes
    public FirstLink(People people, SiteState state, PageGate gate, Path tokenFile) {
        this.people = people;
        this.state = state;
        this.gate = gate;
        this.tokenFile = tokenFile;
        key = gate.secret();
    }

    /// The path to print; empty where somebody can sign in already.
    public Optional<String> path() {
        return people.isNobody() ? Optional.of("/first?key=" + key) : Optional.empty();
    }

    public Path tokenFile() {
        return tokenFile;
    }

    /// Lets go on whoever has it.
    ///
    /// @throws PageProblem if it isn't the link, or no longer works
    public void require(PageRequest request, String given) {
        gate.attempt(request);
        if (!people.isNobody() || !Sha256.of(given).equals(Sha256.of(key))) {
            throw new PageProblem(404, "this link has been used, or is not the one that tactus serve printed");
        }
    }

    /// Sets the person up and signs them in.
    public PageResponse setUp(PageRequest request) throws IOException {
        PageGate.requireOwnSite(request);
        try (FormData form = FormData.read(request)) {
            require(request, form.text("key"));
            String name = form.text("name").strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME || !name.chars().allMatch(c -> c >= ' ')) {
                throw new PageProblem(400, "name: expected your name, of 1 to " + LONGEST_NAME + " characters");
            }
            String token = gate.secret();
            String digest = Sha256.of(token).hex();
            write(token);
            if (!state.setUp(new SiteState.KnownPerson(name, digest, Role.CLOSE.label()))) {
                throw new PageProblem(404, "somebody was quicker");
            }
            return gate.begin(digest);
        }
    }

    private void write(String token) throws IOException {
        Files.deleteIfExists(tokenFile);
        if (tokenFile.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(
                    tokenFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(tokenFile);
        }
        try (OutputStream out = Files.newOutputStream(tokenFile)) {
            out.write((token + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
