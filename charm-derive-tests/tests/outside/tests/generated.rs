//! As the documentation shows it.

#[test]
fn generated_code() {
    charm_derive_tests::Charm::new(env!("CARGO_MANIFEST_DIR"))
        .snapshot("src/lib.rs", "tests/generated/lib.rs")
        .pass("tests/pass")
        .fail("tests/fail")
        .check();
}
