/// Links, payments, the inbox, refunds, disputes, and the set of providers in force.
@NullMarked
package dev.sampan.payments.internal;

import org.jspecify.annotations.NullMarked;
