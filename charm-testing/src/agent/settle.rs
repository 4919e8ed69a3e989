//! Running a model until it is at rest.

use super::{Agent, AgentError};
use crate::model::{LogLine, Model};

/// What running a model led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// No unit has anything left to do; some may be in error.
    Reached,
    /// As many hooks have run as were allowed, and still there are more.
    NotReached,
}

impl Agent {
    /// Runs hooks until none is due, at most `limit` of them: units that answer each other without end never rest.
    pub fn settle(
        &mut self,
        model: &mut Model,
        limit: usize,
        observe: &mut dyn FnMut(&LogLine),
    ) -> Result<Rest, AgentError> {
        for _ in 0..limit {
            if self.run_next(model, observe)?.is_none() {
                return Ok(Rest::Reached);
            }
        }
        Ok(Rest::NotReached)
    }
}
