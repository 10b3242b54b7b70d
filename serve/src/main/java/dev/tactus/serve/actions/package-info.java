/// What people do on the page: forms whose fields become the words of a command.
@NullMarked
package dev.tactus.serve.actions;

import org.jspecify.annotations.NullMarked;
