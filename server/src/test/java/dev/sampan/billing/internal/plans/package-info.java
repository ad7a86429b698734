@NullMarked
package dev.sampan.billing.internal.plans;

import org.jspecify.annotations.NullMarked;
