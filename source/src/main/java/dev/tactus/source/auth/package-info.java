/// Access tokens for the client_credentials grant of OAuth 2.
@NullMarked
package dev.tactus.source.auth;

import org.jspecify.annotations.NullMarked;
