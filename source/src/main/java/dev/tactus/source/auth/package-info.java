/// How requests prove who is asking: keys, and access tokens that are issued or signed.
@NullMarked
package dev.tactus.source.auth;

import org.jspecify.annotations.NullMarked;
