package dev.tactus.s3;

import dev.tactus.lake.files.FileState;
import dev.tactus.lake.files.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// The objects of a bucket below a prefix.
///
/// Each is sent in one request with its MD5, which S3 compares; one that must not be there with `If-None-Match: *`,
/// which S3 decides, not a look before. Amazon's client repeats what fails on the way.
final class S3Store implements ObjectStore {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    /// Two who write one key at the same moment are told to try again.
    private static final int CONFLICTS = 5;

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /// @param prefix with a slash at its end, or empty
    S3Store(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    @Override
    public Optional<FileState> find(String key) throws IOException {
        try {
            HeadObjectResponse found = client.headObject(b -> b.bucket(bucket).key(prefix + key));
            return Optional.of(new FileState(found.contentLength(), found.lastModified()));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                return Optional.empty();
            }
            throw failure("looked for", key, e);
        } catch (SdkException e) {
            throw failure("looked for", key, e);
        }
    }

    @Override
    public InputStream read(String key) throws IOException {
        try {
            return client.getObject(b -> b.bucket(bucket).key(prefix + key));
        } catch (S3Exception e) {
            if (e.statusCode() == NOT_FOUND) {
                throw new NoSuchFileException(address(key));
            }
            throw failure("read", key, e);
        } catch (SdkException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public void write(String key, Path content, boolean anew) throws IOException {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket).key(prefix + key).contentMD5(md5(content));
        if (!anew) {
            request.ifNoneMatch("*");
        }
        for (int conflicts = 1; ; conflicts++) {
            try {
                client.putObject(request.build(), RequestBody.fromFile(content));
                return;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    throw new FileAlreadyExistsException(address(key));
                }
                if (e.statusCode() != CONFLICT || conflicts == CONFLICTS) {
                    throw failure("written", key, e);
                }
            } catch (SdkException e) {
                throw failure("written", key, e);
            }
        }
    }

    private static String md5(Path content) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            try (DigestOutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                Files.copy(content, out);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    @Override
    public List<String> list(String start) throws IOException {
        try {
            return client.listObjectsV2Paginator(b -> b.bucket(bucket).prefix(prefix + start)).contents().stream()
                    .map(object -> object.key().substring(prefix.length()))
                    .sorted()
                    .toList();
        } catch (SdkException e) {
            throw failure("listed", start, e);
        }
    }

    @Override
    public void delete(String key) throws IOException {
        try {
            client.deleteObject(b -> b.bucket(bucket).key(prefix + key));
        } catch (SdkException e) {
            throw failure("deleted", key, e);
        }
    }

    private IOException failure(String done, String key, SdkException e) {
        return new IOException(address(key) + " can't be " + done + ": " + e.getMessage(), e);
    }

    private String address(String key) {
        return "s3://" + bucket + "/" + prefix + key;
    }

    @Override
    public void close() {
        client.close();
    }
}
