/// Stripe: Checkout Sessions, refunds, disputes; webhooks signed by HMAC (https://docs.stripe.com/api).
@NullMarked
package dev.sampan.payments.internal.stripe;

import org.jspecify.annotations.NullMarked;
