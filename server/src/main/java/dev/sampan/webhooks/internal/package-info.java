/// The outbox, the guard over addresses, and the sender.
@NullMarked
package dev.sampan.webhooks.internal;

import org.jspecify.annotations.NullMarked;
