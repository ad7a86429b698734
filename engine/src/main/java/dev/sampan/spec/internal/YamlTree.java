package dev.sampan.spec.internal;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// YAML text → [Tree]. Built from the parser's events, not from its nodes, so that an alias is seen where it stands
/// (and refused: it would let twenty lines grow into a billion) and depth is bounded before the stack is.
final class YamlTree {
    private static final String STRING = "tag:yaml.org,2002:str";
    private static final int DEPTH_MAX = 32;

    private final Function<Mark, Place> places;
    private final Iterator<Event> events;
    private final Reading reading;

    private YamlTree(String text, Function<Mark, Place> places, Reading reading) {
        this.places = places;
        // One buffer for the whole text: the parser fails on a surrogate pair that straddles two (version 2.10).
        LoadSettings settings =
                LoadSettings.builder().setBufferSize(text.length() + 2).build();
        this.events = new Parse(settings).parseString(text).iterator();
        this.reading = reading;
    }

    /// @param places from the parser's marks
    /// @param reading is told of keys written twice; the first stands
    /// @return null when the text holds no document
    /// @throws ProblemException `spec.syntax`, alone, when the text is not YAML
    static @Nullable Tree read(String text, Function<Mark, Place> places, Reading reading) {
        try {
            return new YamlTree(text, places, reading).document();
        } catch (YamlEngineException e) {
            throw new ProblemException(YamlMistake.problem(e, text, places), e);
        }
    }

    private @Nullable Tree document() {
        Tree tree = null;
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case Scalar, SequenceStart, MappingStart, Alias -> tree = node(event, 0);
                case DocumentStart -> {
                    if (tree != null) {
                        throw refused(event, "A second document starts here", "Keep one document in the file");
                    }
                }
                case StreamStart, StreamEnd, DocumentEnd, Comment, SequenceEnd, MappingEnd -> {}
            }
        }
        return tree;
    }

    private Tree node(Event event, int depth) {
        if (depth > DEPTH_MAX) {
            throw refused(event, "Blocks lie more than " + DEPTH_MAX + " deep", "No key of this file lies so deep");
        }
        if (event instanceof AliasEvent) {
            throw refused(
                    event,
                    "An alias (*name) is not read in this file",
                    "Write the value out; text that begins with * needs quotation marks");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw refused(event, "An anchor (&name) is not read in this file", "Leave it out and write values out");
        }
        return switch (event) {
            case ScalarEvent scalar -> leaf(scalar);
            case SequenceStartEvent start -> {
                refuseTag(start, start.getTag());
                yield items(start, depth);
            }
            case MappingStartEvent start -> {
                refuseTag(start, start.getTag());
                yield branch(start, depth);
            }
            default -> throw new IllegalStateException("no node starts with " + event);
        };
    }

    private Tree.Leaf leaf(ScalarEvent scalar) {
        boolean text = scalar.getTag().filter(STRING::equals).isPresent();
        if (!text) {
            refuseTag(scalar, scalar.getTag());
        }
        return new Tree.Leaf(scalar.getValue(), scalar.isPlain() && !text, place(scalar));
    }

    private void refuseTag(Event event, Optional<String> tag) {
        if (tag.isPresent()) {
            throw refused(
                    event,
                    "The tag " + Scalars.quoted(tag.get().replace("tag:yaml.org,2002:", "!!"))
                            + " is not read in this file",
                    "Leave it out");
        }
    }

    private Tree items(Event start, int depth) {
        List<Tree> items = new ArrayList<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.SequenceEnd; e = events.next()) {
            items.add(node(e, depth + 1));
        }
        return new Tree.Items(items, place(start));
    }

    private Tree branch(Event start, int depth) {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        for (Event e = events.next(); e.getEventId() != Event.ID.MappingEnd; e = events.next()) {
            if (!(e instanceof ScalarEvent) || !(node(e, depth + 1) instanceof Tree.Leaf name)) {
                throw refused(e, "A key must be one word, but here is a list or a block", "Write 'key: value'");
            }
            String key = name.text();
            Place at = name.place();
            Tree value = node(events.next(), depth + 1);
            Tree.Entry first = entries.putIfAbsent(key, new Tree.Entry(key, at, value));
            if (first != null) {
                reading.problem(
                        at,
                        "spec.duplicate_key",
                        "The key " + Scalars.quoted(key) + " stands twice, first at "
                                + first.place().text(),
                        "Keep one of them");
            }
        }
        return new Tree.Branch(List.copyOf(entries.values()), place(start));
    }

    private Place place(Event event) {
        return places.apply(event.getStartMark().orElseThrow());
    }

    private ProblemException refused(Event event, String sentence, String remedy) {
        return new ProblemException(
                Problem.of("spec.syntax", sentence).at(place(event).text()).remedy(remedy));
    }
}
