/// How organisations, members and keys are kept, and how a secret is known again.
@NullMarked
package dev.sampan.accounts.internal;

import org.jspecify.annotations.NullMarked;
