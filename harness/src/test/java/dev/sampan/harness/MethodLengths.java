package dev.sampan.harness;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Lines of every method's body, as the compiler parses the file.
final class MethodLengths {
    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private MethodLengths() {}

    static Map<String, Long> of(Path file) {
        try (StandardJavaFileManager files = COMPILER.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    COMPILER.getTask(null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(file));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            Map<String, Long> lengths = new LinkedHashMap<>();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(
                        new TreeScanner<Void, Void>() {
                            @Override
                            public Void visitMethod(MethodTree method, Void nothing) {
                                if (method.getBody() != null) {
                                    long first = positions.getStartPosition(unit, method.getBody());
                                    long last = positions.getEndPosition(unit, method.getBody());
                                    long length = unit.getLineMap().getLineNumber(last)
                                            - unit.getLineMap().getLineNumber(first)
                                            + 1;
                                    lengths.merge(method.getName().toString(), length, Math::max);
                                }
                                return super.visitMethod(method, nothing);
                            }
                        },
                        null);
            }
            return lengths;
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be parsed", e);
        }
    }
}
