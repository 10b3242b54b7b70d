/// What a site itself remembers, in a file beside the ledger.
@NullMarked
package dev.tactus.serve.state;

import org.jspecify.annotations.NullMarked;
