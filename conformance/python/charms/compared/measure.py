"""Prints what one state-transition run costs on ops.testing: medians in nanoseconds, as JSON.

`measure.py RUNS`. What is imported, the context and the state are there before the clock runs.
"""

import json
import pathlib
import statistics
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent / "src"))

from charm import Compared  # noqa: E402
from ops import testing  # noqa: E402

runs = int(sys.argv[1])
context = testing.Context(Compared)
backend = testing.Relation("backend", remote_app_name="database", remote_app_data={"host": "db.example"})
state = testing.State(config={"port": 9090}, relations={backend})
events = {
    "config-changed": context.on.config_changed(),
    "relation-changed": context.on.relation_changed(backend, remote_unit=0),
}

configured = context.run(events["config-changed"], state)
assert configured.unit_status == testing.ActiveStatus("listening on 9090")
assert configured.opened_ports == {testing.TCPPort(9090)}
answered = context.run(events["relation-changed"], state)
assert answered.get_relation(backend.id).local_unit_data["client-of"] == "db.example"

medians = {}
for name, event in events.items():
    times = []
    for _ in range(runs + runs // 10):
        start = time.perf_counter_ns()
        context.run(event, state)
        times.append(time.perf_counter_ns() - start)
    # The first ones warm up.
    medians[name] = statistics.median(times[runs // 10 :])
print(json.dumps(medians))
