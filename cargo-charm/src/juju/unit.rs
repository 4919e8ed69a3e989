//! Units as operators name them.

use anyhow::{Context as _, Result, bail};
use charm_testing::model::{Model, UnitName};

/// The unit of that name, or the leader of an application.
pub(super) fn find(model: &Model, name: &str) -> Result<UnitName> {
    if let Some(application) = name.strip_suffix("/leader") {
        if model.application(application).is_none() {
            bail!("application {application:?} not found");
        }
        let leader = model.leader(application).cloned();
        return leader.with_context(|| format!("application {application:?} has no leader: it has no unit"));
    }
    let unit: UnitName = name.parse()?;
    if model.unit(&unit).is_none() {
        bail!("unit \"{unit}\" not found");
    }
    Ok(unit)
}
