//! What a charm declares, read once for all its tests.

use std::any::TypeId;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use charm_meta::Metadata;
use charm_runtime::Charm;

pub(crate) type Parsed = Result<Arc<Metadata>, String>;

/// Kept for the process: a charm's metadata is a constant of its type, and reading it takes longer than a whole run.
static PARSED: LazyLock<Mutex<HashMap<TypeId, Parsed>>> = LazyLock::new(Mutex::default);

/// The metadata of the charm `C`.
pub(crate) fn of<C: Charm>() -> Parsed {
    let mut parsed = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    parsed.entry(TypeId::of::<C>()).or_insert_with(|| parse(C::METADATA)).clone()
}

fn parse(text: &str) -> Parsed {
    Metadata::parse(text).map(Arc::new).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        format!("the charm's metadata is refused: {}", problems.join("; "))
    })
}
