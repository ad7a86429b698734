/// Alipay's open platform (https://opendocs.alipay.com/open/270): forms signed by RSA2 in both directions.
@NullMarked
package dev.sampan.payments.internal.alipay;

import org.jspecify.annotations.NullMarked;
