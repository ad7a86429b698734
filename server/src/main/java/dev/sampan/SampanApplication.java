package dev.sampan;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/// The platform: each direct sub-package is a room (docs/architecture.md).
@SpringBootApplication
public class SampanApplication {}
