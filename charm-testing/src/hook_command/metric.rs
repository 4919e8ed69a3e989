//! `add-metric`, of Juju 3. The numbers go nowhere: nobody collects them here.

use super::flags::{self, Flag};
use super::settings;
use super::{Call, Failure, Output, Reply};
use crate::model::{Hook, View};

pub(super) fn add_metric(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut labels = None;
    let args = flags::parse(call.args, &mut [Flag::text(&["l", "labels"], &mut labels)])?;
    if args.is_empty() {
        return Err(Failure::usage("no metrics specified"));
    }
    let metrics = settings::filled(&args).map_err(|why| Failure::usage(format!("invalid metrics: {why}")))?;
    let labels: Vec<String> = labels
        .iter()
        .filter(|labels| !labels.is_empty())
        .flat_map(|labels| labels.split(','))
        .map(str::to_owned)
        .collect();
    settings::filled(&labels).map_err(|why| Failure::usage(format!("invalid labels: {why}")))?;
    if let Some(name) = metrics.keys().find(|name| name.starts_with("juju")) {
        return Err(Failure::run(format!("{name} uses a reserved prefix")));
    }
    match view.context().hook() {
        Hook::CollectMetrics => Ok(Output::none()),
        _ => Err(Failure::run("cannot record metric: metrics not allowed in this context")),
    }
}
