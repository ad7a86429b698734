package dev.sampan.limits.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.accounts.Organisation;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.LimitsSpec;
import dev.sampan.spec.LimitsSpec.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Whom `of` names.
final class Subjects {
    private final Accounts accounts;
    private final Members members;

    Subjects(Accounts accounts, Members members) {
        this.accounts = accounts;
        this.members = members;
    }

    /// One identifier for each limit, empty where it names nobody.
    ///
    /// @throws ProblemException `limits.unknown_subject`, every one of them
    List<String> of(LimitsSpec spec) {
        List<String> found = new ArrayList<>();
        List<Problem> unknown = new ArrayList<>();
        for (Limit limit : spec.limits()) {
            Optional<String> subject = limit.of() == null ? Optional.of("") : find(limit);
            subject.ifPresentOrElse(found::add, () -> unknown.add(unknown(limit)));
        }
        if (!unknown.isEmpty()) {
            throw new ProblemException(unknown);
        }
        return found;
    }

    private Optional<String> find(Limit limit) {
        String name = Objects.requireNonNull(limit.of());
        return switch (limit.scope()) {
            case INSTALLATION -> Optional.of("");
            case CUSTOMER ->
                accounts.organisationNamed(name).map(found -> found.id().toString());
            case PROJECT -> project(name);
            case MEMBER -> members.memberNamed(name).map(Member::id).map(Object::toString);
            case KEY ->
                organisations()
                        .flatMap(customer -> accounts.keys(customer.id()).stream())
                        .map(ApiKey::id)
                        .map(Object::toString)
                        .filter(name::equals)
                        .findFirst();
        };
    }

    /// A customer's name may have a slash too.
    private Optional<String> project(String name) {
        int slash = name.lastIndexOf('/');
        return slash <= 0 || slash == name.length() - 1
                ? Optional.empty()
                : accounts.organisationNamed(name.substring(0, slash))
                        .map(found -> RuleSet.project(found.id(), name.substring(slash + 1)));
    }

    private Stream<Organisation> organisations() {
        return Stream.concat(accounts.customers().stream(), Stream.of(accounts.team()));
    }

    private Problem unknown(Limit limit) {
        String scope = limit.scope().name().toLowerCase(Locale.ROOT);
        String name = Objects.requireNonNull(limit.of());
        String near = switch (limit.scope()) {
            case CUSTOMER ->
                Nearest.of(name, organisations().map(Organisation::name).toList());
            case INSTALLATION, PROJECT, MEMBER, KEY -> null;
        };
        return Problem.of("limits.unknown_subject", "There is no " + scope + " '" + name + "'")
                .remedy(
                        near != null
                                ? "Did you mean '" + near + "'?"
                                : switch (limit.scope()) {
                                    case PROJECT -> "A project is named customer/project";
                                    case KEY -> "A key is named by its id, 26 letters, as its page shows it";
                                    default -> "Leave 'of' out for each " + scope + " by itself";
                                });
    }
}
