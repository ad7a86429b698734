/// What is sold over time: plans in force, subscriptions and their states, what a period costs, who has not paid.
///
/// **How time passes.** A [Steward] looks at a subscription and takes the next step that is due, each in a transaction
/// of its own under the customer's lock: *open* (a paid period begins: invoice in advance), *turn* (a month of use
/// begins; the ended one is noted), *grant* (what is included is given, once the fee is paid), *close* (an ended month
/// is invoiced, after a grace), *collect* and *dun* (what is due). Each step leaves a row that can be there once, so a
/// step that is taken twice changes nothing the second time.
@NullMarked
package dev.sampan.billing.internal.plans;

import org.jspecify.annotations.NullMarked;
