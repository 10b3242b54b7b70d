/// Who is looking: people, their tokens and roles, sessions and the first one's link.
@NullMarked
package dev.tactus.serve.signin;

import org.jspecify.annotations.NullMarked;
