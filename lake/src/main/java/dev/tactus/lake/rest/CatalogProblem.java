package dev.tactus.lake.rest;

import dev.tactus.lake.failure.LakeConflict;
import dev.tactus.lake.failure.LakeFailures;
import dev.tactus.lake.failure.LakeUnavailable;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a client is told of a request that failed, as the protocol wants it: the code decides whether a client takes a
/// commit for refused or for unknown.
final class CatalogProblem {
    private static final Logger log = LoggerFactory.getLogger(CatalogProblem.class);

    private CatalogProblem() {}

    /// @param change whether it was to change something: then a failure in the middle does not say that nothing
    /// happened
    static ErrorResponse of(Exception failure, boolean change) {
        return switch (failure) {
            case ForbiddenException e -> response(403, "ForbiddenException", e);
            case NoSuchNamespaceException e -> response(404, "NoSuchNamespaceException", e);
            case NoSuchTableException e -> response(404, "NoSuchTableException", e);
            case AlreadyExistsException e -> response(409, "AlreadyExistsException", e);
            case NamespaceNotEmptyException e -> response(409, "NamespaceNotEmptyException", e);
            case CommitFailedException e -> response(409, "CommitFailedException", e);
            case LakeConflict e -> response(409, "CommitFailedException", e);
            case ValidationException e -> response(400, "BadRequestException", e);
            case IllegalArgumentException e -> response(400, "BadRequestException", e);
            default -> ours(failure, change);
        };
    }

    private static ErrorResponse ours(Exception failure, boolean change) {
        log.error("a request to the catalog failed", failure);
        String words = LakeFailures.told(failure)
                .map(Throwable::getMessage)
                .orElse("this is a fault of the server; its log has more");
        if (change) {
            return response(500, "CommitStateUnknownException", words);
        }
        boolean again = LakeFailures.told(failure)
                .filter(LakeUnavailable.class::isInstance)
                .isPresent();
        return again
                ? response(503, "ServiceUnavailableException", words)
                : response(500, "InternalServerError", words);
    }

    static ErrorResponse unauthorized() {
        return response(401, "NotAuthorizedException", "send the token of this catalog: Authorization: Bearer …");
    }

    static ErrorResponse unknown(String method, String path) {
        return response(404, "NoSuchEndpointException", "this catalog does not know " + method + " " + path);
    }

    static ErrorResponse tooLong(int bytes) {
        return response(413, "BadRequestException", "a request may have " + bytes + " bytes");
    }

    private static ErrorResponse response(int code, String type, Exception failure) {
        return response(code, type, String.valueOf(failure.getMessage()));
    }

    private static ErrorResponse response(int code, String type, String words) {
        return ErrorResponse.builder()
                .responseCode(code)
                .withType(type)
                .withMessage(words)
                .build();
    }
}
