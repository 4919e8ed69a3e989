//! A charm with containers.

use charm_runtime::prelude::*;

#[charm(metadata = "kubernetes.yaml", state = sled, log = trace)]
#[derive(Default)]
pub struct Hello;

#[charm(metadata = "kubernetes.yaml")]
impl Hello {
    #[on(pebble_ready = "web")]
    fn ready(&mut self, _event: PebbleReady<container::Web>) -> Outcome {
        Outcome::done()
    }

    #[on(pebble_custom_notice = "web")]
    fn notice(&mut self, event: PebbleCustomNotice<container::Web>) -> Result<Outcome> {
        Ok(Outcome::defer(event.key))
    }

    #[on(pebble_check_failed = "web-worker")]
    #[on(pebble_check_recovered = "web-worker")]
    fn check(&mut self, cause: &Cause) {
        if let Cause::WebWorkerPebbleCheckFailed(event) = cause {
            info!("{}", event.check);
        }
    }
}

fn main() {
    assert_eq!(
        <Hello as charm_runtime::Charm>::LOG_LEVEL,
        charm_runtime::tracing::level_filters::LevelFilter::TRACE
    );
}
