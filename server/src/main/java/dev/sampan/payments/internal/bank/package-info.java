/// Bank transfer: a reference to write down, and statements to find it in.
@NullMarked
package dev.sampan.payments.internal.bank;

import org.jspecify.annotations.NullMarked;
