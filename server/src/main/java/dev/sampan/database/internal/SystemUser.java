package dev.sampan.database.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// As whom PostgreSQL runs. It refuses to run as root, so a platform started by root lends it another user: by
/// `setpriv` or `runuser`; where that user cannot reach the files, root without its powers in a user namespace.
///
/// @param name null when files keep the owner they have
/// @param prefix words before every PostgreSQL command
public record SystemUser(@Nullable String name, List<String> prefix) {
    /// The user root lends unless told otherwise.
    public static final String NOBODY = "nobody";

    public SystemUser {
        prefix = List.copyOf(prefix);
    }

    /// @param home where the database's files will be; exists
    /// @param lent the user root lends, such as `nobody`
    public static SystemUser forHome(Path home, String lent) throws InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new SystemUser(null, dyingWithUs(List.of()));
        }
        boolean known = Programs.succeeds("id", "-u", lent);
        if (known && reachableByOthers(home)) {
            if (Programs.succeeds("setpriv", "--version")) {
                String group = Programs.output("id", "-g", lent);
                return new SystemUser(lent, dyingWithUs(List.of("--reuid", lent, "--regid", group, "--clear-groups")));
            }
            if (Programs.succeeds("runuser", "--version")) {
                return new SystemUser(lent, List.of("runuser", "-u", lent, "--"));
            }
        }
        // Whoever names a user means that one: only the default gives way.
        if ((known || lent.equals(NOBODY)) && Programs.succeeds("unshare", "-U", "id", "-u")) {
            List<String> words = new ArrayList<>(List.of("unshare", "-U"));
            words.addAll(dyingWithUs(List.of()));
            return new SystemUser("root", words);
        }
        throw new ProblemException(refusal(home, lent, known));
    }

    private static Problem refusal(Path home, String lent, boolean known) {
        if (!known) {
            return Problem.of(
                            "database.no_user", "PostgreSQL refuses to run as root and there is no user '" + lent + "'")
                    .remedy("Start Sampan as an ordinary user, or name another one: SAMPAN_DB_USER=NAME");
        }
        return Problem.of(
                        "database.home_unreachable",
                        "PostgreSQL runs as the user '" + lent + "', who cannot enter " + home)
                .remedy("Choose a folder others may enter: SAMPAN_HOME=/var/lib/sampan");
    }

    /// Ctrl-C on the terminal is for the platform, which stops PostgreSQL last: hence a session of its own. And when
    /// the platform is killed the kernel tells PostgreSQL to shut down, so that nothing is left behind.
    private static List<String> dyingWithUs(List<String> options) throws InterruptedException {
        List<String> words = new ArrayList<>();
        if (Programs.succeeds("setsid", "--version")) {
            words.add("setsid");
        }
        if (Programs.succeeds("setpriv", "--pdeathsig", "INT", "true")) {
            words.addAll(List.of("setpriv", "--pdeathsig", "INT"));
            words.addAll(options);
        } else if (!options.isEmpty()) {
            words.add("setpriv");
            words.addAll(options);
        }
        return words;
    }

    private static boolean reachableByOthers(Path home) {
        try {
            for (Path dir = home.toRealPath(); dir != null; dir = dir.getParent()) {
                if (!Files.getPosixFilePermissions(dir).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Makes everything under `root` this user's own. Does nothing when `root` is already.
    public void own(Path root) {
        if (name == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            UserPrincipal user =
                    root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
            if (user.equals(Files.getOwner(root))) {
                return;
            }
            // The root comes last: an interrupted walk starts again.
            for (Path file : files.toList().reversed()) {
                Files.setAttribute(file, "posix:owner", user, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> command(Path program, List<String> arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(program.toString());
        words.addAll(arguments);
        return words;
    }
}
