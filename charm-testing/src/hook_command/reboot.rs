//! `juju-reboot`.

use super::flags::{self, Flag};
use super::{Call, Output, Reply};
use crate::model::{Reboot, View};

pub(super) fn juju_reboot(view: &mut View<'_>, call: &Call<'_>) -> Reply {
    let mut now = false;
    let args = flags::parse(call.args, &mut [Flag::switch(&["now"], &mut now)])?;
    flags::no_more(&args)?;
    view.request_reboot(if now { Reboot::Now } else { Reboot::AfterHook })?;
    Ok(Output::none())
}
