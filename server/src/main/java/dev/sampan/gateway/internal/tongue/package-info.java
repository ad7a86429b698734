/// How each kind of supplier is spoken to, one [Tongue] for each. Requests and answers meet in the form of
/// OpenAI's chats: a caller's dialect is brought into it, a supplier's is brought out of it. Where caller and
/// supplier speak the same dialect nothing is translated, so nothing is lost.
@NullMarked
package dev.sampan.gateway.internal.tongue;

import org.jspecify.annotations.NullMarked;
