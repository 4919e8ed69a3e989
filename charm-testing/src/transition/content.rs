//! What is in a secret, as a test gives it.

use charm_runtime as runtime;

use crate::model::SecretContent;

/// What a test may give for a secret's content: a reference to a value of the type that the charm reads it as; or keys
/// and values, which need not be what that type expects.
///
/// ```
/// use charm_runtime::{SecretContent, SecretString};
/// use charm_testing::transition::GivenContent;
///
/// #[derive(SecretContent)]
/// struct Credentials {
///     password: SecretString,
/// }
///
/// let typed = (&Credentials { password: "hunter2".into() }).into_content();
/// assert_eq!(typed, [("password", "hunter2")].into_content());
/// ```
pub trait GivenContent {
    /// The content.
    fn into_content(self) -> SecretContent;
}

impl<C: runtime::SecretContent> GivenContent for &C {
    fn into_content(self) -> SecretContent {
        self.to_raw().iter().collect()
    }
}

impl<K: Into<String>, V: AsRef<[u8]>, const N: usize> GivenContent for [(K, V); N] {
    fn into_content(self) -> SecretContent {
        self.into_iter().collect()
    }
}

impl<K: Into<String>, V: AsRef<[u8]>> GivenContent for Vec<(K, V)> {
    fn into_content(self) -> SecretContent {
        self.into_iter().collect()
    }
}

impl GivenContent for SecretContent {
    fn into_content(self) -> SecretContent {
        self
    }
}
