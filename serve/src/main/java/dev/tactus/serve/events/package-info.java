/// What happened, in a stable order, told as CloudEvents to whoever reads on or has a webhook.
@NullMarked
package dev.tactus.serve.events;

import org.jspecify.annotations.NullMarked;
