//! Databags, as a test gives them.

use std::collections::BTreeMap;

use charm_runtime::Databag;

/// The content of a databag, as Juju has it.
pub type Bag = BTreeMap<String, String>;

/// What a test may give for a databag of the type `D`: a reference to a value of that type; or keys and values as Juju
/// has them, which need not be what the type expects: another side may have written anything.
///
/// ```
/// use charm_runtime::{Databag, RawDatabag};
/// use charm_testing::transition::GivenBag;
///
/// #[derive(Databag)]
/// struct Provider {
///     port: u16,
/// }
///
/// let typed = GivenBag::<Provider>::into_bag(&Provider { port: 5432 });
/// assert_eq!(typed, GivenBag::<Provider>::into_bag([("port", "5432")]));
/// ```
pub trait GivenBag<D> {
    /// The content, or why there is none.
    fn into_bag(self) -> Result<Bag, String>;
}

impl<D: Databag> GivenBag<D> for &D {
    fn into_bag(self) -> Result<Bag, String> {
        let entries = self.to_entries().map_err(|error| error.to_string())?;
        Ok(entries.into_iter().filter_map(|(key, value)| Some((key, value?))).collect())
    }
}

impl<D, K: Into<String>, V: Into<String>, const N: usize> GivenBag<D> for [(K, V); N] {
    fn into_bag(self) -> Result<Bag, String> {
        Ok(self.into_iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}

impl<D> GivenBag<D> for Bag {
    fn into_bag(self) -> Result<Bag, String> {
        Ok(self)
    }
}
