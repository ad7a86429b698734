package dev.sampan.network;

import dev.sampan.compute.Pass;
import dev.sampan.compute.Weights;
import dev.sampan.model.onnx.OnnxGraph;
import dev.sampan.network.layers.Activation;
import dev.sampan.network.layers.BatchNorm2d;
import dev.sampan.network.layers.Dense;
import dev.sampan.network.layers.Dropout;
import dev.sampan.network.layers.Initial;
import dev.sampan.network.layers.LayerNorm;
import dev.sampan.spec.ModelSpec.Norm;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// Dense layers one behind another, each with its normalisation, activation and dropout.
public final class DenseStack {
    private static final double EPSILON = 1e-5;

    private final List<Dense> layers = new ArrayList<>();
    private final Norm norm;
    private final Activation activation;
    private final Dropout dropout;
    private final int outputs;

    /// @param name of the weights: `name.0.weight`
    public DenseStack(String name, int inputs, List<Integer> sizes, Norm norm, Activation activation, double dropout) {
        int width = inputs;
        for (int size : sizes) {
            layers.add(new Dense(name + "." + layers.size(), width, size));
            width = size;
        }
        this.norm = norm;
        this.activation = activation;
        this.dropout = new Dropout(dropout);
        this.outputs = width;
    }

    /// With relu and without a normalisation.
    public static DenseStack relu(String name, int inputs, List<Integer> sizes, double dropout) {
        return new DenseStack(name, inputs, sizes, Norm.NONE, Activation.RELU, dropout);
    }

    public int outputs() {
        return outputs;
    }

    private LayerNorm layerNorm(Dense dense) {
        return new LayerNorm(dense.name() + ".norm", dense.outputs(), EPSILON);
    }

    private BatchNorm2d batchNorm(Dense dense) {
        return new BatchNorm2d(dense.name() + ".norm", dense.outputs());
    }

    public void declare(Weights.Layout weights, Weights.Layout buffers) {
        for (Dense dense : layers) {
            dense.declare(weights);
            switch (norm) {
                case NONE -> {}
                case LAYER -> layerNorm(dense).declare(weights);
                case BATCH -> batchNorm(dense).declare(weights, buffers);
            }
        }
    }

    public void initialise(Weights weights, Weights buffers, Initial initial) {
        for (Dense dense : layers) {
            dense.initialise(weights, initial);
            switch (norm) {
                case NONE -> {}
                case LAYER -> layerNorm(dense).initialise(weights);
                case BATCH -> batchNorm(dense).initialise(weights, buffers);
            }
        }
    }

    /// @param x (rows, inputs)
    /// @return (rows, outputs)
    public Tensor forward(Pass pass, Tensor x) {
        Tensor y = x;
        for (Dense dense : layers) {
            y = dense.forward(pass, y);
            y = switch (norm) {
                case NONE -> y;
                case LAYER -> layerNorm(dense).forward(pass, y);
                case BATCH ->
                    batchNorm(dense)
                            .forward(pass, y.reshape(y.size(0), dense.outputs(), 1, 1))
                            .reshape(y.size(0), dense.outputs());
            };
            y = dropout.forward(pass, activation.forward(y));
        }
        return y;
    }

    public String onnx(OnnxGraph graph, Weights weights, Weights buffers, String x) {
        String y = x;
        for (Dense dense : layers) {
            y = dense.onnx(graph, weights, y);
            y = switch (norm) {
                case NONE -> y;
                case LAYER -> layerNorm(dense).onnx(graph, weights, y);
                case BATCH -> batchNorm(dense).onnx(graph, weights, buffers, y);
            };
            y = activation.onnx(graph, y);
        }
        return y;
    }
}
