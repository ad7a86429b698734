package dev.sampan;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/// The platform: each direct sub-package is a room (docs/architecture.md). The database room makes its own pool,
/// so Boot's is left out.
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class SampanApplication {}
