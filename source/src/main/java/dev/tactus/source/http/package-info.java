/// One HTTP request: transport, classification of the response, backoff and retry budget.
@NullMarked
package dev.tactus.source.http;

import org.jspecify.annotations.NullMarked;
