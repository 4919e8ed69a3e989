//! `k8s-spec-set`, `k8s-spec-get`, their older names `pod-spec-set` and `pod-spec-get`, `k8s-raw-set` and
//! `k8s-raw-get`, all of Juju 3.

use super::flags::{self, Flag};
use super::format::Format;
use super::settings::read_file;
use super::value::Value;
use super::{Call, Failure, Output, Reply};
use crate::model::{K8sSpecKind, View};

pub(super) fn k8s_spec_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let (mut file, mut resources) = (None, None);
    let args = flags::parse(
        call.args,
        &mut [Flag::text(&["file"], &mut file), Flag::text(&["k8s-resources"], &mut resources)],
    )?;
    flags::no_more(&args)?;
    let mut spec = read(call, file, "k8s spec")?;
    if let Some(resources) = resources.filter(|file| !file.is_empty()) {
        spec.push_str(&String::from_utf8_lossy(&read_file(call, &resources)?));
    }
    view.write_k8s_spec(K8sSpecKind::Pod, spec)?;
    Ok(Output::none())
}

pub(super) fn k8s_raw_set(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut file = None;
    let args = flags::parse(call.args, &mut [Flag::text(&["file"], &mut file)])?;
    flags::no_more(&args)?;
    let spec = read(call, file, "k8s raw spec")?;
    view.write_k8s_spec(K8sSpecKind::Raw, spec)?;
    Ok(Output::none())
}

/// What is in the file, or without one on stdin.
fn read(call: &Call<'_>, file: Option<String>, what: &str) -> Result<String, Failure> {
    let bytes = read_file(call, file.as_deref().unwrap_or("-"))?;
    if bytes.is_empty() {
        return Err(Failure::run(format!(
            "no {what} specified: pipe {what} to command, or specify a file with --file"
        )));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

pub(super) fn k8s_spec_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    get(view, call, K8sSpecKind::Pod)
}

pub(super) fn k8s_raw_get(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    get(view, call, K8sSpecKind::Raw)
}

fn get(view: &mut View<'_>, call: &Call<'_>, kind: K8sSpecKind) -> Reply {
    let args = flags::parse(call.args, &mut [])?;
    flags::no_more(&args)?;
    // As it was written, with a newline at its end or without.
    Ok(Output::new(Format::Bare).with(Value::text(view.k8s_spec(kind))))
}
