package dev.tactus.s3;

import dev.tactus.lake.failure.LakeUnavailable;
import dev.tactus.lake.files.ObjectStore;
import dev.tactus.lake.files.ObjectStoreProvider;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// Opens buckets of S3, and of what speaks like it.
///
/// Keys, region and endpoint come from where Amazon's tools look for them: the environment, a profile, the machine.
/// Settings may name `endpoint`, `region` and `path_style`.
public final class S3StoreProvider implements ObjectStoreProvider {
    private static final String SCHEME = "s3";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    @Override
    public boolean knows(String scheme) {
        return scheme.equals(SCHEME);
    }

    @Override
    public ObjectStore open(String address, Map<String, String> settings) {
        String[] bucketAndPrefix = address.substring((SCHEME + "://").length()).split("/", 2);
        String prefix = bucketAndPrefix.length < 2 || bucketAndPrefix[1].isEmpty() ? "" : bucketAndPrefix[1] + "/";
        try {
            return new S3Store(client(settings), bucketAndPrefix[0], prefix);
        } catch (SdkClientException e) {
            throw new LakeUnavailable(
                    "S3 can't be spoken to: " + e.getMessage()
                            + ". Name the region under lake: s3: region, or in AWS_REGION",
                    e);
        }
    }

    private static S3Client client(Map<String, String> settings) {
        Optional<String> endpoint = Optional.ofNullable(settings.get("endpoint"));
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .maxConnections(16))
                .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
                // what is sent carries its MD5, which every server of the kind compares
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .forcePathStyle(Boolean.parseBoolean(settings.getOrDefault("path_style", "false")));
        endpoint.ifPresent(address -> builder.endpointOverride(URI.create(address)));
        Optional.ofNullable(settings.get("region"))
                // servers that are not Amazon's have none, and the client wants one
                .or(() -> endpoint.map(_ -> "us-east-1"))
                .ifPresent(region -> builder.region(Region.of(region)));
        return builder.build();
    }
}
