/// Requests and responses of the page, and what keeps other sites and other people out.
@NullMarked
package dev.tactus.serve.http;

import org.jspecify.annotations.NullMarked;
