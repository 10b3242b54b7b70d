/// HTTP messages: how they are read and written, which requests are taken, and the responses of the gateway itself.
@NullMarked
package dev.tactus.gateway.http;

import org.jspecify.annotations.NullMarked;
