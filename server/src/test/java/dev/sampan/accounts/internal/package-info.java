/// Tests of how accounts are kept.
@NullMarked
package dev.sampan.accounts.internal;

import org.jspecify.annotations.NullMarked;
