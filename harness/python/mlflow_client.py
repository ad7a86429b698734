"""Speaks to Sampan's tracking server as a training program does, through MLflow's own client.

    MLFLOW_TRACKING_TOKEN=... python mlflow_client.py http://HOST:PORT/mlflow [STEP ...]

Needs `pip install mlflow`. Ends with 0 when everything was as MLflow promises, and says each step on a line.
"""
import math
import os
import pathlib
import sys
import tempfile

os.environ["MLFLOW_HTTP_REQUEST_MAX_RETRIES"] = "0"
os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

import mlflow
from mlflow.exceptions import MlflowException
from mlflow.tracking import MlflowClient

ADDRESS = sys.argv[1]
mlflow.set_tracking_uri(ADDRESS)
client = MlflowClient()


def refused(what, code, call):
    try:
        call()
    except MlflowException as e:
        assert e.error_code == code, f"{what}: {e.error_code} instead of {code}: {e}"
        return e
    raise AssertionError(f"{what} was not refused")


def experiments():
    first = mlflow.create_experiment("support", tags={"team": "li"})
    assert client.get_experiment(first).name == "support"
    assert client.get_experiment(first).tags == {"team": "li"}
    assert client.get_experiment_by_name("support").experiment_id == first
    assert client.get_experiment_by_name("none such") is None
    assert client.get_experiment("0").name == "Default"
    refused("the same name", "RESOURCE_ALREADY_EXISTS", lambda: mlflow.create_experiment("support"))
    refused("an unknown id", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_experiment("none-such"))
    client.set_experiment_tag(first, "stage", "early")
    client.rename_experiment(first, "support desk")
    found = client.search_experiments(filter_string="name LIKE 'support%' AND tags.stage = 'early'")
    assert [one.name for one in found] == ["support desk"]
    client.delete_experiment(first)
    assert client.search_experiments(filter_string="name = 'support desk'") == []
    refused("a run in a deleted one", "INVALID_STATE", lambda: client.create_run(first))
    client.restore_experiment(first)
    assert client.get_experiment(first).lifecycle_stage == "active"


def runs():
    mlflow.set_experiment("intents")
    with mlflow.start_run(run_name="parent", tags={"owner": "li"}) as parent:
        mlflow.log_params({"lr": 0.1, "depth": 3})
        for step in range(5):
            mlflow.log_metric("loss", 1 / (step + 1), step=step)
        mlflow.log_metrics({"acc": 0.9, "val/f1": 0.8})
        mlflow.log_metric("odd", math.nan)
        mlflow.set_tag("note", "语言 ok")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("acc", 0.7)
    run = client.get_run(parent.info.run_id)
    assert run.info.status == "FINISHED" and run.info.run_name == "parent" and run.info.end_time
    assert run.data.params == {"lr": "0.1", "depth": "3"}
    assert run.data.metrics["loss"] == 0.2 and run.data.metrics["val/f1"] == 0.8
    assert math.isnan(run.data.metrics["odd"])
    assert run.data.tags["note"] == "语言 ok" and run.data.tags["owner"] == "li"
    history = client.get_metric_history(parent.info.run_id, "loss")
    assert [(point.step, point.value) for point in history] == [(s, 1 / (s + 1)) for s in range(5)]
    assert client.get_run(child.info.run_id).data.tags["mlflow.parentRunId"] == parent.info.run_id
    refused("another value", "INVALID_PARAMETER_VALUE", lambda: client.log_param(parent.info.run_id, "lr", 0.2))
    client.log_param(parent.info.run_id, "lr", 0.1)
    client.delete_tag(parent.info.run_id, "note")
    assert "note" not in client.get_run(parent.info.run_id).data.tags
    client.update_run(parent.info.run_id, name="elder")
    assert client.get_run(parent.info.run_id).info.run_name == "elder"
    client.delete_run(child.info.run_id)
    refused("logging to a deleted run", "INVALID_STATE", lambda: client.log_metric(child.info.run_id, "acc", 1))
    client.restore_run(child.info.run_id)
    refused("an unknown run", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_run("0" * 32))


def search():
    here = mlflow.set_experiment("many").experiment_id
    for i in range(25):
        run = client.create_run(here, run_name=f"run {i:02d}")
        client.log_param(run.info.run_id, "fold", str(i % 5))
        if i % 4:
            client.log_metric(run.info.run_id, "f1", i / 25 if i != 7 else math.nan)
        client.set_terminated(run.info.run_id, "FAILED" if i == 3 else "FINISHED")

    def names(filter_string="", **more):
        return [run.info.run_name for run in client.search_runs([here], filter_string, **more)]

    assert len(names()) == 25 and names(max_results=3) == ["run 24", "run 23", "run 22"]
    assert names("metrics.f1 > 0.9") == ["run 23"]
    assert names("params.fold = '3' and attributes.status = 'FINISHED'", order_by=["run_name"]) == [
        "run 08", "run 13", "run 18", "run 23"]
    assert names("tags.mlflow.runName LIKE 'run 1%' AND metrics.`f1` <= 0.5") == ["run 11", "run 10"]
    assert names("status = 'FAILED'") == ["run 03"]
    best = names(order_by=["metrics.f1 DESC"])
    assert best[:2] == ["run 23", "run 22"] and best[16] == "run 01" and best[17] == "run 07", best
    seen, token = [], None
    while True:
        page = client.search_runs([here], "", order_by=["metrics.f1 ASC", "params.fold DESC"], max_results=4,
                                  page_token=token)
        seen += [run.info.run_name for run in page]
        token = page.token
        if not token:
            break
    assert len(seen) == 25 and len(set(seen)) == 25 and seen[16:18] == ["run 23", "run 07"], seen
    refused("OR", "INVALID_PARAMETER_VALUE", lambda: names("status = 'A' OR status = 'B'"))
    refused("a foreign word", "INVALID_PARAMETER_VALUE", lambda: names("attributes.colour = 'red'"))
    refused("a torn token", "INVALID_PARAMETER_VALUE", lambda: client.search_runs([here], "", page_token="xx"))
    table = mlflow.search_runs(experiment_names=["many"], filter_string="metrics.f1 > 0.5")
    assert len(table) == 9 and "params.fold" in table.columns


def inputs():
    import numpy

    mlflow.set_experiment("intents")
    data = mlflow.data.from_numpy(numpy.arange(6.0).reshape(3, 2), name="tickets")
    with mlflow.start_run() as run:
        mlflow.log_input(data, context="training")
    read = client.get_run(run.info.run_id).inputs.dataset_inputs
    assert read[0].dataset.name == "tickets" and read[0].tags[0].value == "training"
    here = run.info.experiment_id
    assert len(client.search_runs([here], "dataset.name = 'tickets' AND datasets.context = 'training'")) == 1


def artifacts():
    mlflow.set_experiment("intents")
    with mlflow.start_run() as run:
        mlflow.log_text("你好", "notes/hello.txt")
        mlflow.log_dict({"a": 1}, "a b.json")
        with tempfile.TemporaryDirectory() as folder:
            big = pathlib.Path(folder, "big.bin")
            big.write_bytes(os.urandom(3_000_000))
            mlflow.log_artifact(str(big), "data")
            sent = big.read_bytes()
    listed = client.list_artifacts(run.info.run_id)
    assert [(one.path, one.is_dir) for one in listed] == [("a b.json", False), ("data", True), ("notes", True)], listed
    assert [one.path for one in client.list_artifacts(run.info.run_id, "notes")] == ["notes/hello.txt"]
    assert mlflow.artifacts.load_text(f"runs:/{run.info.run_id}/notes/hello.txt") == "你好"
    folder = client.download_artifacts(run.info.run_id, "")
    assert pathlib.Path(folder, "data/big.bin").read_bytes() == sent


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [2 * one for one in model_input]


def models():
    mlflow.set_experiment("intents")
    with mlflow.start_run() as run:
        info = mlflow.pyfunc.log_model(name="doubler", python_model=Doubler(), pip_requirements=[],
                                       registered_model_name="doubler")
    assert mlflow.pyfunc.load_model(info.model_uri).predict([1, 2]) == [2, 4]
    found = mlflow.search_logged_models([run.info.experiment_id], output_format="list")
    assert [one.name for one in found] == ["doubler"] and str(found[0].status) == "READY", found
    client.set_logged_model_tags(info.model_id, {"kind": "toy"})
    assert client.get_logged_model(info.model_id).tags["kind"] == "toy"

    version = client.get_model_version("doubler", "1")
    assert version.run_id == run.info.run_id and version.status == "READY", version
    client.set_registered_model_alias("doubler", "champion", 1)
    assert client.get_model_version_by_alias("doubler", "champion").version == "1"
    assert client.get_registered_model("doubler").aliases == {"champion": "1"}
    assert mlflow.pyfunc.load_model("models:/doubler@champion").predict([3]) == [6]
    with mlflow.start_run():
        mlflow.pyfunc.log_model(name="doubler", python_model=Doubler(), pip_requirements=[],
                                registered_model_name="doubler")
    client.set_registered_model_alias("doubler", "champion", 2)
    assert client.get_model_version("doubler", "1").aliases == []
    client.set_model_version_tag("doubler", "2", "checked", "yes")
    assert [one.version for one in client.search_model_versions("name = 'doubler' AND tags.checked = 'yes'")] == ["2"]
    assert [one.version for one in client.search_model_versions(f"run_id = '{run.info.run_id}'")] == ["1"]
    client.update_model_version("doubler", "2", "twice as good")
    assert client.get_model_version("doubler", "2").description == "twice as good"
    refused("a stage", "INVALID_PARAMETER_VALUE",
            lambda: client.transition_model_version_stage("doubler", "2", "Production"))
    refused("an alias like a version", "INVALID_PARAMETER_VALUE",
            lambda: client.set_registered_model_alias("doubler", "v2", 2))
    refused("deleting what an alias names", "INVALID_STATE", lambda: client.delete_model_version("doubler", "2"))
    client.delete_registered_model_alias("doubler", "champion")
    refused("the dropped alias", "RESOURCE_DOES_NOT_EXIST",
            lambda: client.get_model_version_by_alias("doubler", "champion"))
    client.delete_model_version("doubler", "2")
    refused("the deleted version", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_model_version("doubler", "2"))

    client.create_registered_model("draft", tags={"a": "b"}, description="none yet")
    refused("the same model", "RESOURCE_ALREADY_EXISTS", lambda: client.create_registered_model("draft"))
    client.rename_registered_model("draft", "sketch")
    refused("the old name", "RESOURCE_DOES_NOT_EXIST", lambda: client.get_registered_model("draft"))
    refused("renaming what has versions", "INVALID_STATE", lambda: client.rename_registered_model("doubler", "x"))
    assert [one.name for one in client.search_registered_models("name LIKE 'sk%'")] == ["sketch"]
    client.delete_registered_model("sketch")
    assert client.search_registered_models("name = 'sketch'") == []


def own():
    experiment = client.get_experiment_by_name("desk")
    run = client.search_runs([experiment.experiment_id], "tags.owner = 'li'")[0]
    assert run.info.status == "FINISHED" and run.data.params["train.num_train_epochs"] == "2", run
    assert 0 <= run.data.metrics["accuracy"] <= 1
    assert len(client.get_metric_history(run.info.run_id, "train_loss")) == 2
    assert client.get_registered_model("tickets").aliases == {"candidate": "1"}
    version = client.get_model_version_by_alias("tickets", "candidate")
    assert version.run_id == run.info.run_id
    for uri in ("models:/tickets@candidate", f"runs:/{run.info.run_id}/model"):
        folder = mlflow.artifacts.download_artifacts(uri)
        assert pathlib.Path(folder, "MLmodel").exists() and pathlib.Path(folder, "sampan.json").exists()
    client.log_metric(run.info.run_id, "judged_by_hand", 0.75)
    assert client.get_run(run.info.run_id).data.metrics["judged_by_hand"] == 0.75


STEPS = [experiments, runs, search, inputs, artifacts, models, own]
for step in STEPS:
    if len(sys.argv) == 2 or step.__name__ in sys.argv[2:]:
        step()
        print(step.__name__, "ok", flush=True)
