package dev.sampan.data;

import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Floats;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Nearest;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Features of a recommender: who had to do with what. A row names a user, whose history in the training rows is then
/// the graph's input, or gives a history of its own under [#ITEMS]. An unknown user has an empty history, and so have
/// things the training rows do not know.
///
/// The graph reads `history`, (batch, items) FLOAT, 1 where the user had to do with the thing.
public final class InteractionFeatures implements Features {
    /// Key of a row's own history: a JSON list of things, or things with commas between them.
    public static final String ITEMS = "items";

    /// Name of the graph's input.
    public static final String HISTORY = "history";

    private final String user;
    private final String item;
    private final List<String> users;
    private final int[][] histories;
    private final Target.Items target;
    private final Map<String, Integer> userNumbers;
    private final Map<String, Integer> itemNumbers;

    /// @param user name of the column that names users
    /// @param item name of the column that names things, where rows say what was taken
    /// @param histories for each user the numbers of its things
    public InteractionFeatures(String user, String item, List<String> users, int[][] histories, Target.Items target) {
        if (users.size() != histories.length) {
            throw new IllegalArgumentException(users.size() + " users with " + histories.length + " histories");
        }
        this.user = Objects.requireNonNull(user);
        this.item = Objects.requireNonNull(item);
        this.users = List.copyOf(users);
        this.histories = histories;
        this.target = target;
        userNumbers = numbers(users);
        itemNumbers = numbers(target.items());
        for (int[] history : histories) {
            for (int thing : history) {
                Objects.checkIndex(thing, target.items().size());
            }
        }
    }

    private static Map<String, Integer> numbers(List<String> names) {
        Map<String, Integer> numbers = HashMap.newHashMap(names.size());
        names.forEach(name -> numbers.put(name, numbers.size()));
        return numbers;
    }

    @Override
    public List<String> inputs() {
        return List.of(user);
    }

    @Override
    public List<String> optionalInputs() {
        return List.of(ITEMS);
    }

    @Override
    public Target.Items target() {
        return target;
    }

    /// Name of the column that names things.
    public String item() {
        return item;
    }

    /// What a user had to do with in the training rows; nothing for a stranger.
    public Set<String> historyOf(String name) {
        Integer number = userNumbers.get(name.strip());
        return number == null
                ? Set.of()
                : Arrays.stream(histories[number]).mapToObj(target.items()::get).collect(Collectors.toSet());
    }

    /// All things, those first that most users had to do with, of equals the first.
    public List<String> popular() {
        int[] counts = new int[target.items().size()];
        for (int[] history : histories) {
            for (int thing : history) {
                counts[thing]++;
            }
        }
        return IntStream.range(0, counts.length)
                .boxed()
                .sorted(Comparator.comparingInt(thing -> -counts[thing]))
                .map(target.items()::get)
                .toList();
    }

    public String user() {
        return user;
    }

    List<String> users() {
        return users;
    }

    int[][] histories() {
        return histories;
    }

    @Override
    public List<Declared> tensors() {
        return List.of(new Declared(
                HISTORY, Type.FLOAT, List.of(-1L, (long) target.items().size())));
    }

    @Override
    public NamedTensors encode(List<Map<String, String>> rows) {
        int width = target.items().size();
        float[] values = new float[Math.multiplyExact(rows.size(), width)];
        for (int row = 0; row < rows.size(); row++) {
            for (int item : history(rows.get(row))) {
                values[row * width + item] = 1;
            }
        }
        return new NamedTensors(rows.size(), Map.of(HISTORY, new Floats(values, rows.size(), width)));
    }

    private int[] history(Map<String, String> row) {
        String own = row.get(ITEMS);
        if (own != null && !user.equals(ITEMS)) {
            return things(own)
                    .map(thing -> itemNumbers.getOrDefault(thing, -1))
                    .filter(number -> number >= 0)
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        String name = row.get(user);
        if (name == null) {
            throw new ProblemException(Nearest.remedy(
                    Problem.of("input.missing_column", "The input has no '" + user + "' and no '" + ITEMS + "'"),
                    user,
                    row.keySet()));
        }
        Integer number = userNumbers.get(name.strip());
        return number == null ? new int[0] : histories[number];
    }

    private static Stream<String> things(String list) {
        String text = list.strip();
        if (text.startsWith("[")) {
            try {
                return Stream.of(Json.read(text, String[].class));
            } catch (ProblemException e) {
                throw new ProblemException(
                        Problem.of("input.invalid", "'" + ITEMS + "' is no JSON list of texts")
                                .remedy("Write [\"a\", \"b\"], or a, b"),
                        e);
            }
        }
        return Stream.of(text.split(",", -1)).map(String::strip).filter(thing -> !thing.isEmpty());
    }

    @Override
    public Map<String, String> example() {
        return Map.of(user, users.isEmpty() ? "…" : users.getFirst());
    }

    @Override
    public void write(Path folder) {
        FeaturesFile.write(this, folder);
    }
}
