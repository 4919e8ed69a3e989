//! What happens to units without an operator's doing: to their agents, machines, pods, containers and secrets.

use charm_runtime::event::Container;

use super::LocalJuju;
use super::error::JujuError;
use crate::model::SecretId;

impl LocalJuju {
    /// Loses the agent of a unit, as when its machine can't be reached: it runs nothing until
    /// [`find_agent`](Self::find_agent). Another unit leads once its lease has run out, after 60 s of the model's
    /// [time](Self::advance).
    #[track_caller]
    pub fn lose_agent(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.lose_agent(&unit)?)
    }

    /// Has the agent of a unit be heard of again. It goes on where it was.
    #[track_caller]
    pub fn find_agent(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.find_agent(&unit)?)
    }

    /// Has the agent of a unit end and start again. On Kubernetes its charm runs `start` and its containers are ready once
    /// more.
    #[track_caller]
    pub fn restart_agent(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.restart_agent(&unit)?)
    }

    /// Reboots the machine of a unit: all started units that are on it run `start` again.
    #[track_caller]
    pub fn reboot_machine(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.reboot_machine(&unit)?)
    }

    /// On Kubernetes: the unit's pod is replaced by another. The old one may still run `stop`; then what the unit remembers
    /// in its charm's directory is gone.
    #[track_caller]
    pub fn replace_pod(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        self.model.replace_pod(&unit)?;
        self.new_pods.insert(unit);
        Ok(())
    }

    /// On Kubernetes: the container `C` of a unit starts anew, and the unit runs pebble-ready. In a new pod it does so by
    /// itself.
    #[track_caller]
    pub fn restart_container<C: Container>(&mut self, unit: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.restart_container(&unit, C::NAME)?)
    }

    /// `pebble notify KEY` in the container `C` of a unit, with a key such as `example.com/backup-done`.
    #[track_caller]
    pub fn notify<C: Container>(&mut self, unit: &str, key: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.notify(&unit, C::NAME, key)?)
    }

    /// Has a check in the container `C` of a unit fail as often as it may.
    #[track_caller]
    pub fn fail_check<C: Container>(&mut self, unit: &str, check: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.fail_check(&unit, C::NAME, check)?)
    }

    /// Has a check in the container `C` of a unit succeed again.
    #[track_caller]
    pub fn recover_check<C: Container>(&mut self, unit: &str, check: &str) -> Result<(), JujuError> {
        let unit = self.known(unit)?;
        Ok(self.model.recover_check(&unit, C::NAME, check)?)
    }

    /// Has a charm's secret be due for rotation, whatever its policy says.
    #[track_caller]
    pub fn rotate_secret(&mut self, id: &SecretId) -> Result<(), JujuError> {
        Ok(self.model.rotate_due(id)?)
    }

    /// Has the latest revision of a charm's secret expire.
    #[track_caller]
    pub fn expire_secret(&mut self, id: &SecretId) -> Result<(), JujuError> {
        Ok(self.model.expire(id)?)
    }
}
