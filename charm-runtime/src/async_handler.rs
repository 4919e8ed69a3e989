//! Handlers that are `async fn`, with the feature `tokio`.
//!
//! A charm without one links nothing of tokio, and one with the feature makes no runtime until such a handler runs.

use std::future::Future;

use crate::argument::Call;
use crate::charm::Charm;
use crate::error::Error;

#[cfg(feature = "tokio")]
pub(crate) use with_tokio::Kept;

/// What runs the future of a handler that is an `async fn`. Nothing does, without the feature: generated code that names
/// this trait doesn't compile then, and the compiler says why on the word `async`.
#[diagnostic::on_unimplemented(
    message = "`async` handlers need the feature `tokio` of charm-runtime",
    label = "that feature is off",
    note = "in Cargo.toml, write `charm-runtime = {{ version = \"..\", features = [\"tokio\"] }}`, or take off `async`"
)]
pub trait AsyncHandlers {
    /// Runs it to its end, on this thread.
    fn block_on<C: Charm, F: Future>(call: &Call<'_, C>, future: F) -> Result<F::Output, Error>;
}

#[cfg(feature = "tokio")]
mod with_tokio {
    use std::cell::OnceCell;
    use std::future::Future;

    use tokio::runtime::{Builder, Handle, Runtime};

    use super::AsyncHandlers;
    use crate::argument::Call;
    use crate::charm::Charm;
    use crate::error::Error;

    /// The runtime of a dispatch: one for all its `async` handlers, so that a connection which one has opened serves
    /// the next.
    #[derive(Default)]
    pub(crate) struct Kept {
        runtime: OnceCell<Runtime>,
    }

    impl Drop for Kept {
        fn drop(&mut self) {
            if let Some(runtime) = self.runtime.take() {
                // A blocking call that nobody waits for any more must not hold up the end of the dispatch.
                runtime.shutdown_background();
            }
        }
    }

    impl Kept {
        fn runtime(&self) -> Result<&Runtime, Error> {
            // Here tokio would panic, with words that fit no charm.
            if Handle::try_current().is_ok() {
                let problem = "a tokio runtime runs it already, and none can run within another: \
                               in a test, write `#[test]` instead of `#[tokio::test]`";
                return Err(Error::invalid("async handler", problem));
            }
            if let Some(runtime) = self.runtime.get() {
                return Ok(runtime);
            }
            // All drivers that the charm has turned on among tokio's features: time, I/O.
            match Builder::new_current_thread().enable_all().build() {
                Ok(runtime) => Ok(self.runtime.get_or_init(|| runtime)),
                Err(error) => {
                    Err(Error::invalid("async handler", format!("its runtime can't be made: {error}")))
                }
            }
        }
    }

    impl AsyncHandlers for () {
        fn block_on<C: Charm, F: Future>(call: &Call<'_, C>, future: F) -> Result<F::Output, Error> {
            Ok(call.juju().0.async_handler.runtime()?.block_on(future))
        }
    }
}
