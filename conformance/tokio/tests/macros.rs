//! What is refused of an `async fn` where the runtime has its feature `tokio`: what is refused of others. Without the
//! feature, see `handler_async` among the fixtures of charm-derive-tests.

use charm_derive_tests::Charm;

#[test]
fn an_async_handler_may_do_no_more_than_others() {
    Charm::new(env!("CARGO_MANIFEST_DIR")).fail("tests/fail").check();
}
