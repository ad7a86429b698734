package dev.sampan.model.internal;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedInputStream;
import dev.sampan.data.NamedTensors.Declared;
import dev.sampan.data.NamedTensors.Type;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// An ONNX file parsed and checked in plain Java, before native code sees it. Refused is what could make a native
/// reader open other files, run code, or take memory the file does not hold: external data, nested graphs, functions,
/// unknown operator domains, tensors whose bytes do not fit their shape, constants that say how much to allocate.
public final class OnnxFile {
    /// The largest file read; the whole of it is held while it is checked.
    static final long BYTES_MAX = 1L << 30;

    private static final int NODES_MAX = 100_000;
    private static final int NAME_MAX = 1_024;

    /// ONNX Runtime promises nothing for older ones.
    private static final int OPSET_OLDEST = 7;

    /// Domain of the trees, of which [OnnxTrees] reads one operator in one version.
    private static final String TREES = "ai.onnx.ml";

    /// Domain → newest version of its operators the runtime knows. `com.microsoft` has what quantised graphs use.
    private static final Map<String, Long> DOMAINS = Map.of("", 23L, "ai.onnx", 23L, "com.microsoft", 1L, TREES, 3L);

    /// Operators whose answers for one row depend on the other rows: they choose a scale from the whole batch.
    private static final Set<String> OVER_THE_BATCH =
            Set.of("DynamicQuantizeLinear", "DynamicQuantizeMatMul", "DynamicQuantizeLSTM");

    private final ModelProto model;
    private final String place;

    private OnnxFile(ModelProto model, String place) {
        this.model = model;
        this.place = place;
    }

    /// @throws ProblemException `model.corrupt` when it is no ONNX, `model.unsafe_onnx` when it is refused
    public static OnnxFile read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > BYTES_MAX) {
            throw new ProblemException(Problem.of(
                            "model.unsafe_onnx",
                            "The graph has " + size + " bytes; at most " + BYTES_MAX + " are read.")
                    .at(file.toString()));
        }
        return parse(Files.readAllBytes(file), file.toString());
    }

    static OnnxFile parse(byte[] bytes, String place) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(bytes);
            in.enableAliasing(true); // large tensors stay where they are
            OnnxFile file = new OnnxFile(ModelProto.parseFrom(in), place);
            file.check();
            return file;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.of("model.corrupt", "This is not an ONNX file.").at(place), e);
        }
    }

    /// Whether an input's answer may depend on the inputs that share its batch.
    public boolean mixesRows() {
        return model.getGraph().getNodeList().stream().map(NodeProto::getOpType).anyMatch(OVER_THE_BATCH::contains);
    }

    /// Checks that the graph reads and answers what a package's graph must.
    ///
    /// @param inputs all inputs
    /// @param outputs outputs it must have; it may have others
    public void expect(List<Declared> inputs, List<Declared> outputs) {
        GraphProto graph = model.getGraph();
        Set<String> found = new HashSet<>();
        graph.getInputList().forEach(input -> found.add(input.getName()));
        Set<String> wanted = inputs.stream().map(Declared::name).collect(Collectors.toSet());
        if (!found.equals(wanted)) {
            throw unsafe("reads " + found + " instead of " + wanted);
        }
        inputs.forEach(input -> expect(graph.getInputList(), input));
        outputs.forEach(output -> expect(graph.getOutputList(), output));
    }

    private void expect(List<ValueInfoProto> values, Declared declared) {
        ValueInfoProto value = values.stream()
                .filter(candidate -> candidate.getName().equals(declared.name()))
                .findFirst()
                .orElseThrow(() -> unsafe("has no output '" + declared.name() + "'"));
        int element = value.getType().getTensorType().getElemType();
        TensorShapeProto shape = value.getType().getTensorType().getShape();
        int dimensions = declared.shape().size();
        if (element != element(declared.type()) || shape.getDimCount() != dimensions) {
            throw unsafe("has in '" + declared.name() + "' something else than "
                    + (declared.type() == Type.FLOAT ? "32-bit floats" : "64-bit integers") + " of " + dimensions
                    + " dimensions");
        }
        for (int i = 1; i < dimensions; i++) {
            long size = shape.getDim(i).getDimValue();
            long wanted = declared.shape().get(i);
            if (wanted >= 0 && size != wanted) {
                throw unsafe("has a size of " + size + " in '" + declared.name() + "' where " + wanted + " is needed");
            }
        }
    }

    private static int element(Type type) {
        return switch (type) {
            case FLOAT -> 1;
            case INT64 -> 7;
        };
    }

    private void check() {
        GraphProto graph = model.getGraph();
        if (model.getIrVersion() < 3 || model.getIrVersion() > 11 || graph.getNodeCount() == 0) {
            throw new ProblemException(Problem.of(
                            "model.corrupt",
                            "This is not an ONNX file: format version " + model.getIrVersion() + ", "
                                    + graph.getNodeCount() + " nodes.")
                    .at(place));
        }
        if (model.getFunctionsCount() > 0 || model.getTrainingInfoCount() > 0) {
            throw unsafe("holds functions or training graphs");
        }
        if (graph.getNodeCount() > NODES_MAX || graph.getInitializerCount() > NODES_MAX) {
            throw unsafe("has more than " + NODES_MAX + " nodes or constants");
        }
        if (graph.getSparseInitializerCount() > 0) {
            throw unsafe("holds sparse tensors");
        }
        Set<String> domains = domains();
        OnnxTensors tensors = new OnnxTensors(place);
        graph.getInitializerList().forEach(tensors::check);
        Set<String> names = new HashSet<>(tensors.names());
        graph.getInputList().forEach(input -> define(names, input.getName()));
        graph.getNodeList().forEach(node -> check(node, names, domains, tensors));
        graph.getOutputList().forEach(output -> known(names, output.getName(), "the outputs"));
    }

    private Set<String> domains() {
        Set<String> domains = new HashSet<>();
        for (OperatorSetIdProto set : model.getOpsetImportList()) {
            Long newest = DOMAINS.get(set.getDomain());
            long oldest =
                    set.getDomain().startsWith("com.") ? 1 : set.getDomain().equals(TREES) ? 3 : OPSET_OLDEST;
            if (newest == null || set.getVersion() < oldest || set.getVersion() > newest) {
                throw unsafe("uses operators of '" + shown(set.getDomain()) + "' version " + set.getVersion());
            }
            domains.add(set.getDomain());
        }
        return domains;
    }

    private void check(NodeProto node, Set<String> names, Set<String> domains, OnnxTensors tensors) {
        if (!domains.contains(node.getDomain())) {
            throw unsafe("uses the operator " + shown(node.getDomain() + ":" + node.getOpType())
                    + " of a domain it does not declare");
        }
        node.getInputList().forEach(name -> known(names, name, node.getOpType()));
        node.getOutputList().forEach(name -> define(names, name));
        tensors.check(node);
        if (node.getDomain().equals(TREES)) {
            OnnxTrees.check(node, model.getGraph().getInputList(), place);
        }
    }

    private void known(Set<String> names, String name, String reader) {
        if (!name.isEmpty() && !names.contains(name)) {
            throw unsafe(shown(reader) + " reads '" + shown(name) + "' before anything makes it");
        }
    }

    private void define(Set<String> names, String name) {
        if (name.length() > NAME_MAX || (!name.isEmpty() && !names.add(name))) {
            throw unsafe("names two values '" + shown(name) + "', or one too long");
        }
    }

    private ProblemException unsafe(String what) {
        return unsafe(place, what);
    }

    static ProblemException unsafe(String place, String what) {
        return new ProblemException(Problem.of("model.unsafe_onnx", "The graph " + what + ", so it is not loaded.")
                .at(place));
    }

    /// A name out of a file that nobody has checked, fit for a line of text.
    static String shown(String name) {
        String line = name.replaceAll("\\p{Cntrl}", "?");
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
