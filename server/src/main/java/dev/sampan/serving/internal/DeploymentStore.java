package dev.sampan.serving.internal;

import dev.sampan.database.Columns;
import dev.sampan.database.Database;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.serving.Deployment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of deployments: the live ones and those they replaced.
final class DeploymentStore {
    private final Database database;

    DeploymentStore(Database database) {
        this.database = database;
    }

    /// Makes one the live deployment of its public name.
    ///
    /// @throws ProblemException `serving.name_taken` when another organisation's model answers under that name
    void replace(Deployment deployment, ActorId by) {
        database.asPlatform(sql -> {
            Optional<String> owner = sql.sql("""
                            SELECT tenant_id FROM serving.deployment
                            WHERE public_model = ? AND replaced_at IS NULL FOR UPDATE
                            """)
                    .param(deployment.publicModel())
                    .query(String.class)
                    .optional();
            if (owner.isPresent() && !owner.get().equals(deployment.owner().toString())) {
                throw new ProblemException(Problem.of(
                                "serving.name_taken",
                                "Another organisation's model answers as '" + deployment.publicModel() + "'")
                        .remedy("Choose another name under serve.model"));
            }
            sql.sql("UPDATE serving.deployment SET replaced_at = ? WHERE public_model = ? AND replaced_at IS NULL")
                    .params(Columns.utc(deployment.deployedAt()), deployment.publicModel())
                    .update();
            return insert(sql, deployment, by);
        });
    }

    private static int insert(JdbcClient sql, Deployment deployment, ActorId by) {
        return sql.sql("""
                        INSERT INTO serving.deployment (tenant_id, id, public_model, name, version, content, batch_max,
                                                        deployed_at, deployed_by)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        deployment.owner().toString(),
                        deployment.id().toString(),
                        deployment.publicModel(),
                        deployment.name(),
                        deployment.version(),
                        deployment.content().hex(),
                        deployment.batchMax(),
                        Columns.utc(deployment.deployedAt()),
                        by.toString())
                .update();
    }

    List<Deployment> live() {
        return database.asPlatform(sql -> sql.sql("SELECT * FROM serving.deployment WHERE replaced_at IS NULL")
                .query(DeploymentStore::deployment)
                .list());
    }

    private static Deployment deployment(ResultSet row, int number) throws SQLException {
        return new Deployment(
                Ulid.parse(row.getString("id")),
                TenantId.parse(row.getString("tenant_id")),
                row.getString("public_model"),
                row.getString("name"),
                row.getInt("version"),
                new Sha256(row.getString("content")),
                row.getInt("batch_max"),
                Columns.instant(row, "deployed_at"));
    }
}
