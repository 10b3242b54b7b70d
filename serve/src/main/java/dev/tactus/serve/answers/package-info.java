/// What commands answer when they are run for a page.
@NullMarked
package dev.tactus.serve.answers;

import org.jspecify.annotations.NullMarked;
