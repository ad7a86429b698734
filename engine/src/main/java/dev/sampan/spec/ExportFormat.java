package dev.sampan.spec;

/// Block `export`: what the package must hold besides its manifest. Both are always written by this version.
public enum ExportFormat {
    ONNX,
    SAFETENSORS
}
